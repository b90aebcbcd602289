/** Fields of a foreign record, read defensively: a value of another type counts as absent. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is a record: an object that is not an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The record at a key; undefined if it is absent or of another type. */
export function fieldsOf(from: Fields | undefined, key: string): Fields | undefined {
  const value = from?.[key];
  return isFields(value) ? value : undefined;
}

/** The text at a key; undefined if it is absent, empty or of another type. */
export function textField(from: Fields | undefined, key: string): string | undefined {
  const value = from?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The finite number at a key; undefined if it is absent or of another type. */
export function numberField(from: Fields | undefined, key: string): number | undefined {
  const value = from?.[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The boolean at a key; undefined if it is absent or of another type. */
export function flagField(from: Fields | undefined, key: string): boolean | undefined {
  const value = from?.[key];
  return typeof value === "boolean" ? value : undefined;
}
