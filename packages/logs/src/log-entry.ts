import type { LogLevel } from "@vj/schema";
import type { LogText } from "./line-splitter.ts";
import { parseLogLine } from "./log-line.ts";

/** One line of a log, ready to be shown, filtered and sorted. */
export interface LogEntry {
  /** Time of writing, epoch milliseconds. */
  readonly at: number;
  readonly level: LogLevel;
  readonly source: string;
  readonly text: string;
  /** The line exactly as in the file. */
  readonly line: string;
  /** Set for a line that no logger wrote: printed by a crash or a native library. */
  readonly printed?: true;
}

/**
 * The lines of one look at one log. A line without a time gets that of the line before it, or else of the first line
 * after it that has one, or else `changedAt`. Pure.
 * @param source process that the log belongs to @param changedAt time of the last write to the file, epoch milliseconds
 */
export function toEntries(texts: readonly LogText[], source: string, changedAt: number): LogEntry[] {
  const parsed = texts.map(({ text, isNote }) => (isNote ? undefined : parseLogLine(text)));
  const times = parsed.map((line) => Date.parse(line?.time ?? "")).map((time) => (Number.isNaN(time) ? undefined : time));
  let at = times.find((time) => time !== undefined) ?? changedAt;
  return texts.map(({ text, isNote }, index): LogEntry => {
    const line = parsed[index];
    at = times[index] ?? at;
    if (line !== undefined) return { at, level: line.level, source: line.source, text: line.message, line: text };
    return isNote ? { at, level: "warn", source, text, line: text } : { at, level: "info", source, text, line: text, printed: true };
  });
}

/** Entries of several logs in the order of time. Those of one log keep their order, even where its clock was set back. Pure. */
export function mergeByTime(logs: readonly (readonly LogEntry[])[]): LogEntry[] {
  return logs
    .flatMap((entries) => {
      let latest = -Infinity;
      return entries.map((entry) => ({ entry, key: (latest = Math.max(latest, entry.at)) }));
    })
    .toSorted((one, other) => one.key - other.key)
    .map(({ entry }) => entry);
}
