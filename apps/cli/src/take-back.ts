/** An argument, and the words of the option before it. */
export interface TakenBack {
  readonly argument: string | undefined;
  readonly words: readonly string[] | undefined;
}

/**
 * An option that takes several words takes the argument behind them, too: `--only '/audio/*' FILE`. This gives the argument back. Pure.
 * @param argument undefined when it is missing @param words of the option; undefined without it
 * @param isArgument whether a word is the argument, not one of the words
 */
export function takeBack(argument: string | undefined, words: readonly string[] | undefined, isArgument: (word: string) => boolean): TakenBack {
  const last = words?.at(-1);
  // The option needs at least one word, so a single word is never taken from it.
  if (argument !== undefined || words === undefined || words.length < 2 || last === undefined || !isArgument(last)) return { argument, words };
  return { argument: last, words: words.slice(0, -1) };
}

/** Whether a word names a recording, not an OSC pattern, which begins with `/` as some paths do. */
export function namesRecording(word: string): boolean {
  return !word.startsWith("/") || word.toLowerCase().endsWith(".mcap");
}
