/** One line of synchronised lyrics. An empty text is an instrumental gap: the only sign that the text should vanish. */
export interface LyricLine {
  /** Seconds from the start of the track. */
  time: number;
  text: string;
  /** Its words in the order of their times, where the source has a time for each; they are the text together. Never empty. */
  words?: readonly LyricWord[];
}

/** One word of a line; of a script without blanks, as much of it as has a time of its own. */
export interface LyricWord {
  /** Seconds from the start of the track. */
  time: number;
  text: string;
  /** Where it ends, seconds; without it, where the next word or line begins. */
  end?: number;
}

/** The line and its words this many seconds later, rounded to milliseconds; nothing begins before the track does. */
export function movedBy({ time, text, words }: LyricLine, seconds: number): LyricLine {
  const move = (at: number): number => Math.max(0, Math.round((at + seconds) * 1000) / 1000);
  const moved = { time: move(time), text };
  if (words === undefined) return moved;
  return { ...moved, words: words.map((word) => ({ ...word, time: move(word.time), ...(word.end === undefined ? {} : { end: move(word.end) }) })) };
}
