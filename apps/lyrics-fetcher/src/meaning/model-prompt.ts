import { categories } from "@vj/schema";
import type { LyricLine } from "../lyric-line.ts";

/** Changes whenever the question does: answers to another question are not used again. */
export const promptVersion = 1;
/** Cut by lines, so that a small model with a short memory still sees whole ones. */
const longestLyrics = 4000;

/** What is asked about. */
export interface Question {
  readonly artist: string;
  readonly title: string;
  readonly lines: readonly Pick<LyricLine, "text">[];
}

const shape = {
  mood: `one of: ${categories.join(", ")}`,
  energy: "number from 0 (calm) to 1 (wild)",
  valence: "number from -1 (sad) to 1 (happy)",
  categories: `object with a number from 0 to 1 for each of: ${categories.join(", ")}`,
  themes: "2 to 3 short themes",
  adjectives: "up to 5 adjectives for pictures",
  keywords: "5 to 10 words from the lyrics",
  refrain_lines: "up to 3 lines of the refrain",
  image_prompt: "one sentence that describes a picture for this song",
};
const system = `You describe songs for a light show. Answer with one JSON object and nothing else:\n${JSON.stringify(shape, null, 1)}`;

/** The messages of a chat. @param fault what was wrong with the answer before, when this is the second attempt */
export function messagesFor({ artist, title, lines }: Question, fault?: { answer: string; fault: string }): { role: string; content: string }[] {
  const song = `Artist: ${artist}\nTitle: ${title}\nLyrics:\n${cutLines(lines)}`;
  const first = [{ role: "system", content: system }, { role: "user", content: song }];
  if (fault === undefined) return first;
  const again = `That answer cannot be used (${fault.fault}). Answer again with the JSON object alone.`;
  return [...first, { role: "assistant", content: fault.answer.slice(0, longestLyrics) }, { role: "user", content: again }];
}

function cutLines(lines: Question["lines"]): string {
  let kept = "";
  for (const { text } of lines) {
    if (kept.length + text.length > longestLyrics) break;
    kept += `${text}\n`;
  }
  return kept;
}

const scores = Object.fromEntries(categories.map((name) => [name, { type: "number" }]));
const texts = { type: "array", items: { type: "string" } };

/** The answer as JSON Schema, for servers that can hold a model to one. */
export const answerJsonSchema = {
  type: "object",
  properties: {
    mood: { type: "string", enum: [...categories] },
    energy: { type: "number" },
    valence: { type: "number" },
    categories: { type: "object", properties: scores, required: [...categories], additionalProperties: false },
    themes: texts,
    adjectives: texts,
    keywords: texts,
    refrain_lines: texts,
    image_prompt: { type: "string" },
  },
  required: ["mood", "energy", "valence", "categories", "themes", "adjectives", "keywords", "refrain_lines", "image_prompt"],
  additionalProperties: false,
};
