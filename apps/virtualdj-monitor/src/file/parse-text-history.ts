import { DayCount, midnightIn, splitNames } from "./track-names.ts";
import type { HistoryEntry } from "./track-names.ts";

const entryPattern = /^(?<hours>\d{1,2}):(?<minutes>\d{2})(?::(?<seconds>\d{2}))? : (?<names>.+)$/;

/**
 * The entries of a text history: dated headers, dashed lines, and lines `HH:MM : Artist - Title`.
 * @param midnight of the day that its entries before the first header belong to, epoch ms
 */
export function textEntries(lines: readonly string[], midnight: number | undefined): HistoryEntry[] {
  const entries: HistoryEntry[] = [];
  const days = new DayCount(midnight);
  for (const line of lines) {
    const groups = entryPattern.exec(line)?.groups;
    if (groups === undefined) {
      const date = midnightIn(line);
      if (date !== undefined) days.begin(date);
      continue;
    }
    const { hours, minutes, seconds = "0", names = "" } = groups;
    const playedAt = days.at(Number(hours), Number(minutes), Number(seconds));
    const named = splitNames(names);
    if (named.artist !== "" || named.title !== "") entries.push({ ...named, duration: 0, key: `${days.key} ${line}`, playedAt });
  }
  return entries;
}
