import { categories } from "@vj/schema";
import type { Category } from "@vj/schema";
import { refrainLines } from "../refrain.ts";
import type { Question } from "./model-prompt.ts";
import { isMoodWord, moodWords } from "./mood-words.ts";
import { moodOf, scoreEach } from "./song-meaning.ts";
import type { SongMeaning } from "./song-meaning.ts";
import { keywords } from "./words.ts";

const longestText = 20_000;
const mostKeywords = 10;
const mostRefrain = 3;

/** A rough guess from the words of a song alone, used until a model has answered. */
export function guessMeaning({ title, lines }: Question): SongMeaning {
  const texts = lines.map(({ text }) => text);
  const words = `${title} ${texts.join(" ")}`.slice(0, longestText).toLowerCase().split(/[^\p{L}\p{M}']+/u);
  const hits = scoreEach((name) => words.filter((word) => isMoodWord(word, moodWords[name])).length);
  const most = Math.max(1, ...Object.values(hits));
  const scores = scoreEach((name) => (hits[name] === 0 ? 0.1 : 0.4 + 0.5 * (hits[name] / most)));
  const sum = (...names: Category[]): number => names.reduce((total, name) => total + scores[name], 0);
  const inRefrain = refrainLines(texts);
  return {
    // Nothing is known of a song without any of these words.
    mood: Object.values(hits).some((count) => count > 0) ? moodOf(scores) : "calm",
    energy: within(0.5 + (sum("energetic", "aggressive") - sum("calm", "peaceful")) / 2, 0, 1),
    valence: within((sum("happy", "uplifting", "love") - sum("sad", "dark", "death")) / 1.5, -1, 1),
    categories: scores,
    themes: categories.filter((name) => hits[name] > 0).toSorted((a, b) => hits[b] - hits[a]).slice(0, 3),
    adjectives: [],
    keywords: mostFrequent(texts.flatMap(keywords)),
    refrainLines: [...new Set(texts.filter((_, index) => inRefrain[index]))].slice(0, mostRefrain),
    imagePrompt: "",
    source: "rules",
  };
}

function mostFrequent(words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).slice(0, mostKeywords).map(([word]) => word);
}

function within(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
