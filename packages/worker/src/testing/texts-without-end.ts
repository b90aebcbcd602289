/**
 * Finds texts without a length limit in a JSON Schema.
 * @param at the path of `schema`
 * @returns paths, empty when every text has a longest length or fixed values
 */
export function textsWithoutEnd(schema: unknown, at: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const parts = Object.entries(schema).flatMap(([key, part]) => textsWithoutEnd(part, `${at}.${key}`));
  const bounded = "maxLength" in schema || "enum" in schema || "const" in schema;
  return "type" in schema && schema.type === "string" && !bounded ? [at, ...parts] : parts;
}
