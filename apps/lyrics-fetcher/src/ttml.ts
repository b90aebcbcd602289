import { arrange } from "./arrange-lines.ts";
import { sungText } from "./lrc-text.ts";
import { wordsFrom } from "./lrc-words.ts";
import type { LyricLine } from "./lyric-line.ts";
import { readTtml } from "./ttml-reader.ts";
import type { TtmlLine } from "./ttml-reader.ts";

/** A pause this long has a line without text of its own, seconds. */
const pauseSec = 3;

/**
 * Reads TTML as lyrics have it: a line for each `p`, its words by the times of its `span`s, syllables joined; a translation follows its
 * line, singers in the background are left out. What cannot be read ends the song there.
 * @returns lines sorted by time. Never throws; takes time proportional to the length.
 */
export function parseTtml(xml: string): LyricLine[] {
  return arrange(withPauses(readTtml(xml)).flatMap(linesOf));
}

function linesOf({ time, parts, translation }: TtmlLine): LyricLine[] {
  const text = sungText(parts.map(({ raw }) => raw).join(""));
  const words = text === "" ? [] : wordsFrom(parts);
  const line = words.length === 0 ? { time, text } : { time, text, words };
  const translated = sungText(translation);
  return translated === "" ? [line] : [line, { time, text: translated }];
}

/** Where a line ends long before the next one begins, the text should vanish. */
function withPauses(lines: readonly TtmlLine[]): TtmlLine[] {
  const sorted = lines.toSorted((one, other) => one.time - other.time);
  return sorted.flatMap((line, index) => {
    const next = sorted[index + 1]?.time ?? Infinity;
    const { time, end } = line;
    return end === undefined || end <= time || next - end < pauseSec ? [line] : [line, { time: end, end: undefined, parts: [], translation: "" }];
  });
}
