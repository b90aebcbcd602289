import { DayCount, midnightIn, splitNames } from "./track-names.ts";
import type { HistoryEntry } from "./track-names.ts";

const entryPattern = /^(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2}))?(?:\s?(?<half>[AP])M)? :(?: (?<names>.*))?$/i;

/** A history, and whether its newest entry has a title. */
export interface TextHistory {
  readonly entries: HistoryEntry[];
  readonly named: boolean;
}

/** Whether a line is an entry, with names or without. */
export function isTextEntry(line: string): boolean {
  return entryPattern.test(line);
}

/**
 * The entries of a text history: dated headers, dashed lines, and lines `HH:MM : Artist - Title`, also with AM or PM.
 * @param midnight of the day that its entries before the first header belong to, epoch ms
 */
export function textHistory(lines: readonly string[], midnight: number | undefined): TextHistory {
  const entries: HistoryEntry[] = [];
  let isNamed = false;
  const days = new DayCount(midnight);
  for (const line of lines) {
    const groups = entryPattern.exec(line)?.groups;
    if (groups === undefined) {
      const date = midnightIn(line);
      if (date !== undefined) days.begin(date);
      continue;
    }
    const { hours, half, minutes, seconds = "0", names = "" } = groups;
    const playedAt = days.at(hourOfDay(Number(hours), half), Number(minutes), Number(seconds));
    const named = splitNames(names);
    isNamed = named.title !== "";
    if (isNamed) entries.push({ ...named, duration: 0, key: `${days.key} ${line}`, playedAt });
  }
  return { entries, named: isNamed };
}

/** @param half "A" or "P" where the hours count to 12 */
function hourOfDay(hours: number, half: string | undefined): number {
  return half === undefined ? hours : (hours % 12) + (half.toUpperCase() === "P" ? 12 : 0);
}
