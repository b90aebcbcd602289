import type { LyricLine } from "./lyric-line.ts";

/**
 * Index of the line being sung: the last one whose time has passed, -1 before the first; of several lines of one time the
 * first, which a translation follows. The only place where the timing offset counts.
 * @param lines sorted by time. @param position seconds into the track. @param offsetMs positive shows lines earlier.
 */
export function activeLine(lines: readonly LyricLine[], position: number, offsetMs: number): number {
  const begun = countBegun(lines, position, offsetMs);
  const time = lines[begun - 1]?.time;
  return time === undefined ? -1 : countBelow(lines, time);
}

/** Seconds of playing until the next line begins; undefined after the last. */
export function untilNextLine(lines: readonly LyricLine[], position: number, offsetMs: number): number | undefined {
  const next = lines[countBegun(lines, position, offsetMs)];
  return next === undefined ? undefined : next.time - position - offsetMs / 1000;
}

/** Lines whose time has passed. */
function countBegun(lines: readonly LyricLine[], position: number, offsetMs: number): number {
  const now = position + offsetMs / 1000;
  return partition(lines, ({ time }) => time <= now);
}

/** Lines before this time. */
function countBelow(lines: readonly LyricLine[], time: number): number {
  return partition(lines, (line) => line.time < time);
}

/** How many lines at the beginning satisfy a condition that holds for a beginning only. */
function partition(lines: readonly LyricLine[], holds: (line: LyricLine) => boolean): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const line = lines[middle];
    if (line !== undefined && holds(line)) low = middle + 1;
    else high = middle;
  }
  return low;
}
