import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { FoundLyrics } from "./song.ts";
import { stamp, toStampedLines } from "./write-lrc.ts";

/** A long song with a time for each word has about 60 KB; characters. */
const longestFile = 300_000;
const mostLines = 5000;
const mostWords = 300;

const timed = { text: z.string(), start_ms: z.number().min(0).max(86_400_000), end_ms: z.number().nullish().catch(null) };
const wordSchema = z.object(timed);
const lineSchema = z.object({ ...timed, words: z.array(wordSchema).max(mostWords).nullish().catch(null) });
const fileSchema = z.object({
  metadata: z.object({ instrumental: z.boolean().nullish() }).nullish().catch(null),
  lines: z.array(z.unknown()).nullish(),
  plain: z.string().nullish().catch(null),
});
type Line = z.output<typeof lineSchema>;

/**
 * Reads LRCLIB's `lyricsfile`, YAML with the times of lines and words. Its `offset_ms` is left out: which way it counts is not defined, and
 * the editor that writes these files does not apply it.
 * @returns lyrics whose times are LRC with word stamps; undefined when it is not such a file, or has nothing. Never throws; aliases and
 * depth are bounded.
 */
export async function readLyricsfile(text: string): Promise<FoundLyrics | undefined> {
  const file = fileSchema.safeParse(await parseYaml(text)).data;
  if (file === undefined) return undefined;
  const lines = (file.lines ?? []).slice(0, mostLines).flatMap((line) => lineSchema.safeParse(line).data ?? []);
  const instrumental = file.metadata?.instrumental === true;
  const synced = lines.length === 0 ? null : toStampedLines(lines.map((line) => ({ startMs: line.start_ms, endMs: line.end_ms ?? undefined, text: textOf(line) })));
  const plain = file.plain?.trim() ? file.plain : null;
  return instrumental || synced !== null || plain !== null ? { synced: instrumental ? null : synced, plain: instrumental ? null : plain, instrumental } : undefined;
}

async function parseYaml(text: string): Promise<unknown> {
  if (text.length > longestFile) return undefined;
  // A long one takes a tenth of a second: of many, each gets a turn of its own.
  await setImmediate();
  try {
    const { JSON_SCHEMA, load } = await import("js-yaml");
    return load(text, { schema: JSON_SCHEMA, maxAliases: 0, maxDepth: 16 });
  } catch {
    return undefined;
  }
}

/** The words are the text where there are any; a word that ends before the next begins has a stamp behind it. */
function textOf({ text, words }: Line): string {
  if (!words || words.length === 0) return plainText(text);
  return words
    .map((word, index) => {
      const next = words[index + 1]?.start_ms ?? Infinity;
      const end = word.end_ms ?? Infinity;
      return `<${stamp(word.start_ms)}>${plainText(word.text)}${end > word.start_ms && end < next ? `<${stamp(end)}>` : ""}`;
    })
    .join("");
}

/** Without what LRC would read as a stamp, a tag or another line. */
function plainText(text: string): string {
  return text.replaceAll(/\s/g, " ").replaceAll(/[[<](?=[^\]>]{0,40}:)/g, "(");
}
