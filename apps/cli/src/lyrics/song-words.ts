import { CliError, exitCodes } from "../cli-error.ts";

/** A song as a person names it. */
export interface SongName {
  readonly artist: string;
  readonly title: string;
}

/**
 * The song that is named by the words of a command line: artist and title, or one word `Artist - Title`, or `artist=… title=…` as
 * `vj send` takes them.
 * @returns undefined without words. @throws CliError when they name no song.
 */
export function songOfWords(words: readonly string[]): SongName | undefined {
  const [first, second] = keyed(words) ?? (words.length === 1 ? parted(words[0] ?? "") : words);
  if (words.length === 0) return undefined;
  const artist = first?.trim() ?? "";
  const title = second?.trim() ?? "";
  if (words.length > 2 || artist === "" || title === "") {
    throw new CliError(`"${words.join(" ")}" does not name a song`, { hint: "give artist and title, each in quotes: 'Daft Punk' 'Around the World'", exitCode: exitCodes.usage });
  }
  return { artist, title };
}

/** The first ` - ` separates artist from title. */
function parted(word: string): [string, string] {
  const at = word.indexOf(" - ");
  return at < 0 ? [word, ""] : [word.slice(0, at), word.slice(at + 3)];
}

/** `artist=…` and `title=…` in any order; undefined when the words are not of this form. */
function keyed(words: readonly string[]): [string, string] | undefined {
  const valueOf = (key: string): string | undefined => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const [artist, title] = [valueOf("artist"), valueOf("title")];
  return words.length === 2 && artist !== undefined && title !== undefined ? [artist, title] : undefined;
}
