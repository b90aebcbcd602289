import type { Song } from "./song.ts";
import type { Step } from "./steps/step.ts";

/** How far a step is. */
export type StepState = "pending" | "running" | "complete" | "error" | "skipped";

/** Every step by its name, in order. */
export type Pipeline = Readonly<Record<string, StepState>>;

/** The steps before the work on a song has begun. */
export function pendingPipeline(steps: readonly Step[]): Pipeline {
  return Object.fromEntries(steps.map(({ name }) => [name, "pending"]));
}

/**
 * Runs the steps one after the other; a song passes from each to the next. Ends early when it is cancelled.
 * @param onState gets all states whenever one changes
 * @returns the song after the last step
 * @throws what a step threw; those after it are skipped
 */
export async function runPipeline(steps: readonly Step[], song: Song, signal: AbortSignal, onState: (pipeline: Pipeline) => void): Promise<Song> {
  let pipeline = pendingPipeline(steps);
  let current = song;
  const enter = (name: string, state: StepState): void => {
    pipeline = { ...pipeline, [name]: state };
    if (!signal.aborted) onState(pipeline);
  };
  for (const [index, step] of steps.entries()) {
    enter(step.name, "running");
    try {
      const next = await step.run(current, signal);
      signal.throwIfAborted();
      enter(step.name, next === undefined ? "skipped" : "complete");
      current = next ?? current;
    } catch (error) {
      enter(step.name, "error");
      for (const later of steps.slice(index + 1)) enter(later.name, "skipped");
      throw error;
    }
  }
  return current;
}
