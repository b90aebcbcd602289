import { refrainLines } from "../refrain.ts";
import type { Step } from "./step.ts";

/** Finds the lines of the refrain. */
export const findRefrain: Step = {
  name: "analyze_refrain",
  async run(song) {
    if (song.lines.length === 0) return undefined;
    const inRefrain = refrainLines(song.lines.map(({ text }) => text));
    const refrain = song.lines.map((line, index) => ({ ...line, line: index })).filter((_, index) => inRefrain[index]);
    return { ...song, refrain };
  },
};
