/** A line of a log file and the time it was written, which is its sort key. */
export interface TimedLine {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly line: string;
}

const timePattern = /"time":"(\d{4}-\d{2}-\d{2}T[\d:.]+Z)"/;

/** Gives each line of one file its time. A line without one (a crash, a native library) belongs to the line before it. */
export function timeLines(lines: readonly string[]): TimedLine[] {
  let time = "";
  return lines.map((line) => {
    time = timePattern.exec(line)?.[1] ?? time;
    return { time, line };
  });
}

/** Lines of several files in the order of time; those of one file keep theirs. */
export function mergeLines(files: readonly (readonly string[])[]): string[] {
  return files
    .flatMap(timeLines)
    .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ line }) => line);
}
