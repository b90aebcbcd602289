import type { Rung } from "../ladder.ts";
import type { LyricLine } from "../lyric-line.ts";
import type { MarkedLine } from "../song.ts";

/** What lyrics are about. */
export interface Meaning {
  /** The keywords of each line that has any. */
  readonly keywords: readonly MarkedLine[];
}

/** One way to find out what lyrics are about. */
export type MeaningSource = Rung<readonly LyricLine[], Meaning>;
