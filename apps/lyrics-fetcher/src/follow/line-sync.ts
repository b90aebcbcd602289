/** Something that begins at a moment of the song, seconds. */
export interface Timed {
  readonly time: number;
}

/**
 * Index of the line being sung: the last one whose time has passed, -1 before the first; of several lines of one time the
 * first, which a translation follows.
 * @param lines sorted by time. @param position seconds of the lyrics.
 */
export function activeLine(lines: readonly Timed[], position: number): number {
  const time = lines[countBegun(lines, position) - 1]?.time;
  return time === undefined ? -1 : partition(lines, (line) => line.time < time);
}

/** When the next line begins, seconds; undefined after the last. */
export function nextLine(lines: readonly Timed[], position: number): number | undefined {
  return lines[countBegun(lines, position)]?.time;
}

/** Lines whose time has passed. */
function countBegun(lines: readonly Timed[], position: number): number {
  return partition(lines, ({ time }) => time <= position);
}

/** How many lines at the beginning satisfy a condition that holds for a beginning only. */
function partition(lines: readonly Timed[], holds: (line: Timed) => boolean): number {
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
