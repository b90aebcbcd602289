import type { z } from "zod";
import { limits } from "@vj/contract";

/**
 * Validates. A `null` that the schema refuses counts as absent, because clients in Python and Go write it for optional fields.
 * The value itself is not changed.
 */
export function parseNullsAsAbsent<T extends z.ZodType>(schema: T, value: unknown): z.ZodSafeParseResult<z.output<T>> {
  const result = schema.safeParse(value);
  if (result.success) return result;
  let rest = value;
  for (const { path } of result.error.issues.slice(0, limits.namedFaults * 8)) rest = withoutNull(rest, path);
  if (rest === value) return result;
  const again = schema.safeParse(rest);
  // A required field that is null: report the fault of the original value.
  return again.success ? again : result;
}

/** `value` without the field at `path` if that field is null; list elements are kept. */
function withoutNull(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return value;
  const child: unknown = Reflect.get(value, key);
  if (Array.isArray(value)) {
    const changed = withoutNull(child, rest);
    return changed === child ? value : value.map((element: unknown, index) => (index === key ? changed : element));
  }
  if (rest.length === 0) {
    return child === null ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) : value;
  }
  const changed = withoutNull(child, rest);
  return changed === child ? value : { ...value, [key]: changed };
}
