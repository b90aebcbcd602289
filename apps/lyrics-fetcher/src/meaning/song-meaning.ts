import { categories } from "@vj/schema";
import type { Category } from "@vj/schema";

/** Subject and mood of a song. */
export interface SongMeaning {
  readonly mood: Category;
  /** 0 calm – 1 wild. */
  readonly energy: number;
  /** −1 sad – 1 happy. */
  readonly valence: number;
  /** Each 0–1. */
  readonly categories: Readonly<Record<Category, number>>;
  readonly themes: readonly string[];
  readonly adjectives: readonly string[];
  readonly keywords: readonly string[];
  readonly refrainLines: readonly string[];
  readonly imagePrompt: string;
  /** Origin: a language model, or lists of words. */
  readonly source: "model" | "rules";
}

/** The category with the highest score; of equal ones the first. */
export function moodOf(scores: Readonly<Record<Category, number>>): Category {
  return categories.reduce((best, name) => (scores[name] > scores[best] ? name : best));
}

/** A score for each category. */
export function scoreEach(score: (name: Category) => number): Record<Category, number> {
  // The compiler loses the names when a list is mapped.
  return Object.fromEntries(categories.map((name) => [name, score(name)])) as Record<Category, number>;
}
