import { floatText, tagOf } from "@vj/telemetry";

/** The arguments of a message, short: `.62 .48 1 Sample Band`. */
export function shortValues(args: readonly unknown[], tags: string): string {
  if (args.length === 0) return "–";
  return args.slice(0, mostValues).map((value, index) => shortValue(value, tagOf(tags, index))).join(" ") + (args.length > mostValues ? " …" : "");
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
