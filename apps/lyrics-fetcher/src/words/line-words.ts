import type { LyricLine, LyricWord } from "../lyric-line.ts";
import { snapToBeats } from "./beat-grid.ts";
import type { BeatGrid } from "./beat-grid.ts";
import { splitWords } from "./split-words.ts";
import { countSyllables } from "./syllables.ts";

/** The words of the line being sung, each beginning after the one before it. */
export interface LineWords {
  readonly words: readonly LyricWord[];
  /** Whether the times were computed. */
  readonly estimated: boolean;
}

export const noWords: LineWords = { words: [], estimated: false };

/** A slow syllable: a line with a long pause after it is not stretched over the pause, seconds. */
const syllableSec = 0.35;
/** A comma takes about half a syllable. */
const pause = 0.5;
/** Words of one time would not be seen apart, seconds. */
const shortestSec = 0.001;

/**
 * The words of a line, with their own stamps where the lyrics have them; else spread over the line by their syllables, and moved to
 * the beat where there is one.
 * @param index in the lyrics, -1 for none @param grid the beats, in seconds of the lyrics
 */
export function lineWords(lines: readonly LyricLine[], index: number, grid: BeatGrid | undefined): LineWords {
  const line = lines[index];
  if (line === undefined || line.text === "") return noWords;
  const next = lines.find(({ time }, other) => other > index && time > line.time)?.time;
  if (line.words !== undefined) return { words: apart(line.words), estimated: false };
  const words = spread(line, next ?? Infinity);
  const times = words.map(({ time }) => time);
  const snapped = grid === undefined ? times : snapToBeats(times, grid);
  return { words: apart(words.map(({ text }, at) => ({ text, time: snapped[at] ?? line.time }))), estimated: true };
}

function spread({ time: start, text }: LyricLine, end: number): LyricWord[] {
  const words = splitWords(text);
  const weights = words.map((word) => countSyllables(word) + (/[,;:.!?…、。，！？]$/u.test(word) ? pause : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const length = Math.min(end - start, total * syllableSec);
  let sung = 0;
  return words.map((word, index) => {
    const time = start + (length * sung) / total;
    sung += weights[index] ?? 0;
    return { time: Math.round(time * 1000) / 1000, text: word };
  });
}

/** Each begins after the one before it. */
function apart(words: readonly LyricWord[]): LyricWord[] {
  let before = -Infinity;
  return words.map((word) => {
    before = Math.max(word.time, before + shortestSec);
    return { ...word, time: before, text: word.text.trim() };
  });
}
