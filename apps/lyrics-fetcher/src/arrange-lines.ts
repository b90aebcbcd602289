import { isCredit } from "./lrc-text.ts";
import { movedBy } from "./lyric-line.ts";
import type { LyricLine } from "./lyric-line.ts";

/** A song must fit into the list that late joiners get. */
const mostLines = 2000;

/**
 * Lines as they are sung: sorted by time, rounded to milliseconds, without credits and repeats, no more than late joiners can get. Lines of
 * the same time stay in order.
 * @param offset seconds by which all come later
 */
export function arrange(lines: readonly LyricLine[], offset = 0): LyricLine[] {
  const sorted = lines
    .filter(({ time, text }) => !isCredit(text, time))
    .map((line) => movedBy(line, offset))
    .toSorted((one, other) => one.time - other.time);
  return withoutRepeats(sorted).slice(0, mostLines);
}

/** Without lines that are there twice, and without gaps at the very time of a line. */
function withoutRepeats(sorted: readonly LyricLine[]): LyricLine[] {
  const texts = new Map<number, Set<string>>();
  for (const { time, text } of sorted) texts.set(time, (texts.get(time) ?? new Set()).add(text));
  const seen = new Set<string>();
  return sorted.filter(({ time, text }) => {
    const key = `${time} ${text}`;
    if (seen.has(key) || (text === "" && (texts.get(time)?.size ?? 0) > 1)) return false;
    seen.add(key);
    return true;
  });
}
