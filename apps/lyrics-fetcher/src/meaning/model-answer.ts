import { cleanName } from "@vj/playback";
import { categories, parseJson } from "@vj/schema";
import { z } from "zod";
import { moodOf, scoreEach } from "./song-meaning.ts";
import type { SongMeaning } from "./song-meaning.ts";

/** The content of an answer, or its fault in words that a model understands. */
export type ModelAnswer = { readonly ok: true; readonly meaning: SongMeaning } | { readonly ok: false; readonly fault: string };

const mostItems = 10;
const longestPrompt = 600;
/** Braces are looked for in no longer text than this. */
const longestText = 100_000;

/** Models often give numbers as texts; an empty text, yes and lists are not numbers. */
const number = (low: number, high: number): z.ZodType<number> =>
  z.union([z.number(), z.string().trim().regex(/^[-+]?[\d.]/, "give a number").transform(Number).pipe(z.number())]).transform((value) => Math.min(high, Math.max(low, value)));
/** Models give one text where a list belongs, or names that are not texts. */
const list = z
  .union([z.array(z.unknown()), z.string().transform((text) => text.split(","))])
  .catch([])
  .transform((items) => items.flatMap((item) => (typeof item === "string" ? cleanName(item) : [])).filter((item) => item !== "").slice(0, mostItems));

const answerSchema = z.object({
  mood: z.string().catch(""),
  energy: number(0, 1),
  valence: number(-1, 1),
  categories: z.record(z.string(), z.unknown()).catch({}),
  themes: list,
  adjectives: list.optional(),
  visual_adjectives: list.optional(),
  keywords: list,
  refrain_lines: list,
  image_prompt: z.unknown().optional(),
});

/**
 * Reads what a model answered: without its thinking and its fences, the outermost object, numbers brought to their range, lists cut at
 * ten, names that nobody knows left out. A missing list is empty; an answer without energy and valence is not accepted.
 */
export function readAnswer(text: string): ModelAnswer {
  const object = findObject(text);
  if (object === undefined) return { ok: false, fault: "the answer holds no JSON object" };
  const result = answerSchema.safeParse(object);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { ok: false, fault: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "does not fit"}` };
  }
  const { mood, energy, valence, themes, keywords, refrain_lines, image_prompt, ...answer } = result.data;
  const given = (name: string): number => {
    const score = number(0, 1).safeParse(answer.categories[name]);
    return score.success ? score.data : 0;
  };
  const scores = scoreEach(given);
  const named = categories.find((name) => name === mood.trim().toLowerCase());
  if (named !== undefined && scores[named] === 0) scores[named] = 1;
  if (Object.values(scores).every((score) => score === 0)) return { ok: false, fault: `categories: give each of ${categories.join(", ")} a number from 0 to 1` };
  return {
    ok: true,
    meaning: {
      mood: moodOf(scores),
      energy,
      valence,
      categories: scores,
      themes,
      adjectives: (answer.adjectives ?? answer.visual_adjectives ?? []).slice(0, mostItems),
      keywords,
      refrainLines: refrain_lines,
      imagePrompt: promptOf(image_prompt),
      source: "model",
    },
  };
}

/** Some models describe the picture in an object. */
function promptOf(value: unknown): string {
  if (typeof value === "string") return cleanName(value.slice(0, longestPrompt));
  if (typeof value !== "object" || value === null) return "";
  const parts = Object.values(value).flatMap((part: unknown) => (Array.isArray(part) ? part : [part])).filter((part) => typeof part === "string");
  return cleanName(parts.join(", ").slice(0, longestPrompt));
}

/** So many beginnings are tried: braces in the words around an answer may come before its own. */
const mostBeginnings = 20;

function findObject(text: string): unknown {
  const answer = withoutThinking(text.trim().slice(-longestText));
  const to = answer.lastIndexOf("}");
  let from = answer.indexOf("{");
  for (let tried = 0; tried < mostBeginnings && from >= 0 && from < to; tried += 1) {
    const object = parseJson(answer.slice(from, to + 1));
    if (object !== undefined) return object;
    from = answer.indexOf("{", from + 1);
  }
  return undefined;
}

/** Some models end their thinking without having begun it. */
function withoutThinking(text: string): string {
  const kept = text.replaceAll(/<think>[\s\S]*?(?:<\/think>|$)/g, "");
  return kept.slice(kept.lastIndexOf("</think>") + 1);
}
