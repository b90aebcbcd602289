import type { ChildOptions } from "../child-messages.ts";
import { clocksPerBeat, clocksPerSixteenth, press } from "../messages.ts";

/** Which beats and bars are sent besides a clock: pressed with it, released a sixteenth later. */
export function notesAt(clock: number, metre: number, { notes, channel, beat, bar }: Pick<ChildOptions, "notes" | "channel" | "beat" | "bar">): number[][] {
  if (notes === "off") return [];
  const inBeat = remainder(clock, clocksPerBeat);
  if (inBeat !== 0 && inBeat !== clocksPerSixteenth) return [];
  const isFirst = remainder(clock - inBeat, metre * clocksPerBeat) === 0;
  return (isFirst ? [bar, beat] : [beat]).map((number) => [...press(notes, channel, number, inBeat === 0)]);
}

function remainder(value: number, by: number): number {
  return ((value % by) + by) % by;
}
