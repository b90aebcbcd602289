import { floatText, tagOf } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";

/** Formats a received message for a person: `12:04:11.250 /audio/bpm ff 128 0.93`. @param at epoch milliseconds */
export function formatOsc(message: OscMessage, at: number): string {
  const time = new Date(at);
  const clock = `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
  return [clock, message.address, message.tags, formatValues(message)].filter((part) => part !== "").join(" ");
}

/** The values of a message for a person, texts in quotes. */
export function formatValues({ args, tags }: Pick<OscMessage, "args" | "tags">): string {
  return args.map((value, index) => formatValue(value, tagOf(tags, index))).join(" ");
}

function formatValue(value: OscMessage["args"][number], tag: string): string {
  if (typeof value === "number" && tag === "f") return floatText(value);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
