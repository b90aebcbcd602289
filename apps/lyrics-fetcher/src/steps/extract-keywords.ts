import { climb } from "../ladder.ts";
import type { MeaningSource } from "../meaning/meaning-source.ts";
import type { Step } from "./step.ts";

/** Finds the keywords of each line. @param sources tried in this order */
export function extractKeywords(sources: readonly MeaningSource[]): Step {
  return {
    name: "extract_keywords",
    async run(song, signal) {
      if (song.lines.length === 0) return undefined;
      const meaning = await climb(sources, song.lines, signal);
      return meaning === undefined ? undefined : { ...song, keywords: meaning.answer.keywords };
    },
  };
}
