import type { LogEntry } from "@vj/logs";
import { fold } from "../text/wrap.ts";
import type { Notice } from "../rig/rig-state.ts";
import { fitText } from "../text/fit.ts";
import { clock } from "../text/format.ts";
import type { Colour, Line } from "../text/span.ts";
import { Span, coloured, dim, row } from "../text/span.ts";

const levelColours: Readonly<Record<LogEntry["level"], Colour | undefined>> = {
  trace: undefined,
  debug: undefined,
  info: undefined,
  warn: "yellow",
  error: "red",
  fatal: "red",
};

/** A line of a log: `12:04:11 warn  worker  text ×3`. @param repeats number of consecutive repetitions */
export function logLine({ at, level, source, text }: LogEntry, repeats = 1, sourceWidth = 18): Line {
  const colour = levelColours[level];
  const times = repeats > 1 ? [dim(` (×${repeats})`)] : [];
  const name = sourceWidth === 0 ? [] : [dim(`${fitText(source, sourceWidth)} `)];
  return row(
    dim(`${clock(at)} `),
    colour === undefined ? dim(fitText(level, 6)) : coloured(colour, fitText(level, 6)),
    ...name,
    new Span(text, colour === "red" ? { colour } : {}),
    ...times,
  );
}

/** A line of a log on as many rows as it needs. */
export function wrappedLogLine(entry: LogEntry, repeats: number, sourceWidth: number, width: number): Line[] {
  const head = 15 + (sourceWidth === 0 ? 0 : sourceWidth + 1);
  const [first = "", ...others] = fold(entry.text, Math.max(10, width - head - 8));
  return [logLine({ ...entry, text: first }, repeats, sourceWidth), ...others.map((part) => row(" ".repeat(Math.min(head, width - 10)), part))];
}

/** Equal lines that follow each other, as one. */
export interface FoldedEntry {
  readonly entry: LogEntry;
  readonly repeats: number;
}

/** Folds consecutive equal lines into one. */
export function foldRepeats(entries: readonly LogEntry[]): FoldedEntry[] {
  const folded: FoldedEntry[] = [];
  for (const entry of entries) {
    const last = folded.at(-1);
    if (last !== undefined && isSame(last.entry, entry)) folded[folded.length - 1] = { entry, repeats: last.repeats + 1 };
    else folded.push({ entry, repeats: 1 });
  }
  return folded;
}

function isSame(one: LogEntry, other: LogEntry): boolean {
  return one.source === other.source && one.text === other.text && one.level === other.level;
}

/** A notice in one row: `12:04:19 ! text`. */
export function noticeLine({ at, level, text }: Notice): Line {
  const colour = level === "info" ? undefined : level === "warn" ? "yellow" : "red";
  const sign = level === "info" ? "· " : "! ";
  return row(dim(`${clock(at)} `), new Span(sign + text, colour === undefined ? {} : { colour }));
}
