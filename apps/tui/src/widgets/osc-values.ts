import type { LatestEntry } from "@vj/telemetry";

/** The arguments of the newest message, short: `.62 .48 1 Sample Band`. */
export function lastValues({ message }: LatestEntry): string {
  const { args, tags } = message;
  if (args.length === 0) return "–";
  return args.map((value, index) => shortValue(value, tags[index] ?? "")).join(" ");
}

function shortValue(value: LatestEntry["message"]["args"][number], tag: string): string {
  if (typeof value === "number") return tag === "f" || tag === "d" ? shortFloat(value) : String(value);
  if (typeof value === "string") return value === "" ? "\"\"" : value;
  return Array.isArray(value) ? `[${value.length} bytes]` : String(value);
}

/** Three significant digits, without the leading zero. */
function shortFloat(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const text = Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(2);
  return text.replace(/^(-?)0\./, "$1.");
}
