import type { BeatLine } from "./beat-line.ts";
import type { BeatTime } from "./beat-times.ts";

/** Wrong tempos that trackers report in breakdowns and rolls, as shares of the true one. Their beats, or some of them, are beats of the line. */
const likelyMistakes = [1 / 2, 2 / 3, 3 / 4, 4 / 3, 3 / 2, 2] as const;
const likelyWithin = 0.03;
/** Lines of fewer beats may be such a mistake themselves. */
const settledBeats = 16;
/** A tempo that differs by more than this share belongs to other music: its bar is unknown, and its beats may jump as after a drop. */
export const largeChange = 0.15;
/** A tempo that is further away than this share is taken from the beats alone, when they are as even as the second share. */
const otherTempo = 0.06;
const even = 0.04;
const enough = 4;

/** Whether a tempo is one that trackers mistake for that of a line. The line must have held for long enough to judge that. */
export function isLikelyMistake({ count, intervalUs }: BeatLine, bpm: number): boolean {
  const ratio = (bpm * intervalUs) / 60e6;
  return count >= settledBeats && likelyMistakes.some((likely) => Math.abs(ratio / likely - 1) < likelyWithin);
}

/** Whether two lines have tempos so different that the beats of one do not predict those of the other. */
export function isLargeChange(beforeUs: number, intervalUs: number): boolean {
  return Math.abs(intervalUs / beforeUs - 1) > largeChange;
}

/** Time between the last four beats when they are even, and far from the known one. Microseconds. */
export function otherInterval(beats: readonly (BeatTime & { readonly counted: number })[], known: number): number | undefined {
  const last = beats.slice(-enough);
  if (last.length < enough) return undefined;
  const intervals = last.slice(1).map(({ atUs, counted }, index) => (atUs - (last[index]?.atUs ?? NaN)) / (counted - (last[index]?.counted ?? NaN)));
  const sorted = intervals.toSorted((a, b) => a - b);
  const [least = NaN, middle = NaN, most = NaN] = sorted;
  const isEven = most / least - 1 < even;
  return isEven && Math.abs(middle / known - 1) > otherTempo ? middle : undefined;
}
