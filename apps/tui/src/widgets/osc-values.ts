import type { OscArgument } from "@vj/schema";
import { floatText, tagOf } from "@vj/telemetry";

/** The arguments of a message, short: `.62 .48 1 Sample Band`. */
export function shortValues(args: readonly unknown[], tags: string): string {
  if (args.length === 0) return "–";
  return args.slice(0, mostValues).map((value, index) => shortValue(value, tagOf(tags, index))).join(" ") + (args.length > mostValues ? " …" : "");
}

/** The type tags that a worker describes, where a message has others, so that receivers that go by the description do not read it; else undefined. */
export function describedTags(args: readonly OscArgument[], tags: string): string | undefined {
  const described = args.map(({ tag }) => tag).join("");
  const isShort = args.at(-1)?.optional === true && tags === described.slice(0, -1);
  return tags === described || isShort ? undefined : described;
}

/** One argument as it is, in full; a float32 without digits that it does not have. */
export function fullValue(value: unknown, tag = ""): string {
  if (typeof value === "string") return value === "" ? "\"\"" : value;
  if (typeof value === "number" && tag === "f") return floatText(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === null || value === undefined ? "nothing" : Array.isArray(value) || value instanceof Uint8Array ? `[${value.length} bytes]` : (JSON.stringify(value) ?? "?");
}

function shortValue(value: unknown, tag: string): string {
  return typeof value === "number" && (tag === "f" || tag === "d") ? shortFloat(value) : fullValue(value, tag);
}

/** Three significant digits, without the leading zero. */
function shortFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(2);
  return text.replace(/^(-?)0\./, "$1.");
}

/** Further arguments are not written out: no terminal is so wide. */
const mostValues = 256;
