import type { LogEntry } from "@vj/logs";
import { fold } from "../text/wrap.ts";
import type { Notice } from "../rig/rig-state.ts";
import { fitText, spread } from "../text/fit.ts";
import { clock } from "../text/format.ts";
import type { Colour, Line } from "../text/span.ts";
import { Span, bold, clickable, coloured, dim, row } from "../text/span.ts";

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

/** A notice: `12:04:19 ! text`, on as many rows as it takes. @param most rows; where that is not enough, the last one ends with `readAll`, which names the key that shows all of it */
export function noticeLines({ at, level, text }: Notice, width: number, { most = Infinity, readAll = toReadAll }: { readonly most?: number; readonly readAll?: Line } = {}): Line[] {
  const colour = level === "info" ? undefined : level === "warn" ? "yellow" : "red";
  const parts = fold(`${level === "info" ? "·" : "!"} ${text}`, Math.max(1, width - noticeHead));
  const lines = parts.slice(0, most).map((part, index): Line => [
    index === 0 ? dim(` ${clock(at)} `) : new Span(" ".repeat(noticeHead)),
    new Span(part, colour === undefined ? {} : { colour }),
  ]);
  return parts.length <= most ? lines : lines.map((line, index) => (index === most - 1 ? spread(line, readAll, width) : line));
}

/** Cells before the text of a notice. */
const noticeHead = 10;

/** Names the key that shows everything in full. */
export const toReadAll: Line = clickable(row(" ", bold("!"), dim(" all")), { kind: "key", key: "!" });
/** The same over a form or a text that is typed, where that key would be a part of the text. */
export const toReadAllLater: Line = row(dim(" esc, then "), bold("!"), dim(" all"));
