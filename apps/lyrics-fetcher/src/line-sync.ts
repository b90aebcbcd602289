import type { LyricLine } from "./lrc.ts";

/**
 * Index of the line being sung: the last one whose time has passed, -1 before the first. The only place where the timing
 * offset counts.
 * @param lines sorted by time. @param position seconds into the track. @param offsetMs positive shows lines earlier.
 */
export function activeLine(lines: readonly LyricLine[], position: number, offsetMs: number): number {
  const now = position + offsetMs / 1000;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.time ?? Infinity) <= now) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Seconds of playing until the next line begins; undefined after the last. */
export function untilNextLine(lines: readonly LyricLine[], position: number, offsetMs: number): number | undefined {
  const next = lines[activeLine(lines, position, offsetMs) + 1];
  return next === undefined ? undefined : next.time - position - offsetMs / 1000;
}
