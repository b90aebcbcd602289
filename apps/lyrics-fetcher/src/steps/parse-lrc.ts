import { parseLyrics } from "../parse-lyrics.ts";
import type { Step } from "./step.ts";

/** Reads the lines and their times. Lyrics without time stamps have none. */
export const parseLines: Step = {
  name: "parse_lrc",
  async run(song) {
    const text = song.lyrics?.synced ?? song.lyrics?.plain;
    const lines = text === null || text === undefined ? [] : parseLyrics(text);
    return lines.length === 0 ? undefined : { ...song, lines };
  },
};
