import { keywords } from "./keywords.ts";
import { parseLrc } from "./lrc.ts";
import type { LyricLine } from "./lrc.ts";
import { refrainLines } from "./refrain.ts";

/** A line of the refrain, or the keywords of a line, with the index of that line in the lyrics. */
export interface MarkedLine extends LyricLine {
  line: number;
}

/** Everything that is published of one song's lyrics. */
export interface Song {
  lines: LyricLine[];
  refrain: MarkedLine[];
  keywords: MarkedLine[];
}

/** A song without lyrics. */
export const noSong: Song = { lines: [], refrain: [], keywords: [] };

/** Reads the lyrics of a song and finds its refrain and keywords. @param lrc synchronised lyrics. */
export function readSong(lrc: string): Song {
  const lines = parseLrc(lrc);
  const inRefrain = refrainLines(lines.map(({ text }) => text));
  const marked = lines.map((line, index) => ({ ...line, line: index }));
  return {
    lines,
    refrain: marked.filter((_, index) => inRefrain[index]),
    keywords: marked
      .map((line) => ({ ...line, text: keywords(line.text).join(" ") }))
      .filter(({ text }) => text !== ""),
  };
}
