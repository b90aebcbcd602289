import { floatText, tagOf } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";

/** Formats a received message for a person: `12:04:11.250 /audio/bpm ff 128 0.93`. @param at epoch milliseconds */
export function formatOsc(message: OscMessage, at: number): string {
  const time = new Date(at);
  const clock = `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
  return [clock, message.address, message.tags, formatValues(message)].filter((part) => part !== "").join(" ");
}

/** The values of a message for a person, texts in quotes. @param most values, and characters of each, that are of interest */
export function formatValues({ args, tags }: Pick<OscMessage, "args" | "tags">, most = Infinity): string {
  const texts = args.slice(0, most).map((value, index) => formatValue(typeof value === "object" || typeof value === "string" ? (value?.slice(0, most) ?? null) : value, tagOf(tags, index)));
  return [...texts, ...(args.length > most ? ["…"] : [])].join(" ");
}

function formatValue(value: OscMessage["args"][number], tag: string): string {
  if (typeof value === "number" && tag === "f") return floatText(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
