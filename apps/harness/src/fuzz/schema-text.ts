/** The parts of a JSON Schema that limit the length or size of a value. */
export type Schema = Readonly<Record<string, unknown>>;

/** A value as JSON text: some cannot be produced by `JSON.stringify`, such as duplicate keys. */
export type JsonText = string;

/** The required fields of an object, each with a small valid value. */
export function requiredFields(schema: Schema): Record<string, JsonText> {
  const fields = asSchema(schema["properties"]);
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  return Object.fromEntries(required.map((name) => [name, smallValue(asSchema(fields[name]))]));
}

function smallValue(schema: Schema): JsonText {
  if (Array.isArray(schema["enum"])) return JSON.stringify(schema["enum"][0]);
  switch (schema["type"]) {
    case "string":
      return '"fuzz"';
    case "number":
    case "integer":
      return String(numberOf(schema["minimum"]) ?? 1);
    case "array":
      return "[]";
    case "object":
      return objectText(requiredFields(schema));
    default:
      return "true";
  }
}

/** An object as JSON text. */
export function objectText(fields: Readonly<Record<string, JsonText>>): JsonText {
  return `{${Object.entries(fields).map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`;
}

/** A bound in a schema; undefined when JSON does not represent it exactly. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

/** Anything other than an object describes nothing. */
export function asSchema(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
