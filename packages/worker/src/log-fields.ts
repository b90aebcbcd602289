import type { LogFn } from "pino";

/** What every line has of its own. A field of the same name would come second, and no reader would know the line as one of ours. */
const taken: readonly string[] = ["level", "time", "source"];

/** The fields under names that fit beside those of the line: `level` is written as `level_`. */
export function besideLine<T extends object>(fields: T, names: readonly string[] = taken): T | Record<string, unknown> {
  if (!names.some((name) => Object.hasOwn(fields, name))) return fields;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names.includes(name) ? `${name}_` : name, value]));
}

/**
 * The arguments of `log.info(…)` so that the line has one message: fields alone get an empty one, a field `message` beside a text is
 * written as `message_`. Errors and texts stay as they are.
 */
export function withMessage(args: Parameters<LogFn>): Parameters<LogFn> {
  const [first, text, ...values]: readonly unknown[] = args;
  if (first instanceof Error || (first !== undefined && first !== null && typeof first !== "object")) return args;
  const fields = first ?? {};
  if (typeof text !== "string" && "message" in fields && typeof fields.message === "string") return args;
  return [besideLine(fields, ["message"]), typeof text === "string" ? text : "", ...values];
}
