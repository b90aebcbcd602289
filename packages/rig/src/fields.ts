/** Fields of a foreign record, read defensively: a value of another type counts as absent. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fieldsOf(from: Fields | undefined, key: string): Fields | undefined {
  const value = from?.[key];
  return isFields(value) ? value : undefined;
}

export function textField(from: Fields | undefined, key: string): string | undefined {
  const value = from?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberField(from: Fields | undefined, key: string): number | undefined {
  const value = from?.[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function flagField(from: Fields | undefined, key: string): boolean | undefined {
  const value = from?.[key];
  return typeof value === "boolean" ? value : undefined;
}
