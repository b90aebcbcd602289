import { searchName } from "@vj/playback";
import type { TrackName } from "@vj/playback";
import { normalizeLine } from "./refrain.ts";

/** A name as it is compared: without versions and guests, case, punctuation, accents of Latin letters; "and" for "&". */
function foldName(name: string): string {
  const folded = name.replaceAll("&", " and ").normalize("NFD").replaceAll(/[\u0300-\u036f]/g, "");
  return normalizeLine(folded.replaceAll(/[-_/]/g, " "));
}

/** The title as it is compared; what follows the first ` - ` is kept unless it names a version. */
export function foldTitle(title: string): string {
  return foldName(searchName({ artist: "", title }).title) || title.trim().toLowerCase();
}

const between = /\s*[,;]\s*|\s+(?:&|and|und|et|y|feat\.?|ft\.?|featuring|with|vs\.?|x|\+|\/)\s+|\s*\/\s*/i;

/** Every name that an artist may be found by: the whole one, the first one and each alone; folded, without a leading "the" and without blanks. */
export function artistNames(artist: string): string[] {
  const { artist: first } = searchName({ artist, title: "" });
  const names = [artist, first, ...artist.split(between)].map((name) => foldName(name).replace(/^the (?=.)/, "").replaceAll(" ", ""));
  const known = [...new Set(names)].filter((name) => name !== "").slice(0, 12);
  return known.length > 0 ? known : [artist.trim().toLowerCase()];
}

/** Whether two names of artists have one in common. */
export function sharesArtist(one: string, other: string): boolean {
  const names = new Set(artistNames(one));
  return artistNames(other).some((name) => names.has(name));
}

/** How alike two songs are by name: 0 not at all – 1 the same. */
export function similarity(one: TrackName, other: TrackName): number {
  const artist = sharesArtist(one.artist, other.artist) ? 1 : alike(foldName(one.artist), foldName(other.artist));
  return Math.min(artist, alike(foldTitle(one.title), foldTitle(other.title)));
}

/** By words and by pairs of letters: a letter that differs makes another word, but not another name. */
function alike(one: string, other: string): number {
  if (one.replaceAll(" ", "") === other.replaceAll(" ", "")) return 1;
  return (dice(one.split(" "), other.split(" ")) + dice(pairsOf(one), pairsOf(other))) / 2;
}

function pairsOf(text: string): string[] {
  const letters = Array.from(text.replaceAll(" ", ""));
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`);
}

function dice(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const item of one) counts.set(item, (counts.get(item) ?? 0) + 1);
  let shared = 0;
  for (const item of other) {
    const left = counts.get(item) ?? 0;
    if (left === 0) continue;
    counts.set(item, left - 1);
    shared += 1;
  }
  return one.length + other.length === 0 ? 0 : (2 * shared) / (one.length + other.length);
}
