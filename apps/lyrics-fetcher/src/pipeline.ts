import { messageOf } from "@vj/schema";
import type { Song } from "./song.ts";
import type { Step } from "./steps/step.ts";

/** How far a step is. */
export type StepState = "pending" | "running" | "complete" | "error" | "skipped";

/** One step as it stands. */
export interface StepReport {
  readonly state: StepState;
  /** How long it took so far, or in the end. */
  readonly seconds: number;
  /** Why it failed or was left out; null when there is nothing to say. */
  readonly reason: string | null;
}

/** Every step by its name, in order. */
export type Pipeline = Readonly<Record<string, StepReport>>;

export interface PipelineBoardOptions {
  /** All steps in the order in which they are shown. */
  readonly names: readonly string[];
  /** The work on a new song begins. */
  onBegin(): void;
  /** A step is in another state. @param seconds as in {@link StepReport} */
  onStep(name: string, state: StepState, seconds: number): void;
}

const pending: StepReport = { state: "pending", seconds: 0, reason: null };

/** How far the work on the current song is, step by step. */
export class PipelineBoard {
  readonly #options: PipelineBoardOptions;
  #steps = new Map<string, StepReport & { readonly since: number }>();

  constructor(options: PipelineBoardOptions) {
    this.#options = options;
    this.#clear();
  }

  get steps(): Pipeline {
    const now = performance.now();
    return Object.fromEntries(Array.from(this.#steps, ([name, { state, seconds, reason, since }]) => [name, { state, seconds: state === "running" ? secondsSince(since, now) : seconds, reason }]));
  }

  /** Another song: every step is pending. */
  begin(): void {
    this.#clear();
    this.#options.onBegin();
    for (const name of this.#steps.keys()) this.#options.onStep(name, "pending", 0);
  }

  /** A step comes to another state. @param reason why it failed or was left out */
  enter(name: string, state: StepState, reason: string | null = null): void {
    const before = this.#steps.get(name);
    const now = performance.now();
    const since = state === "running" ? now : (before?.since ?? now);
    const seconds = before?.state === "running" && state !== "running" ? secondsSince(since, now) : 0;
    if (before?.state === state && before.reason === reason && state !== "running") return;
    this.#steps.set(name, { state, seconds, reason, since });
    this.#options.onStep(name, state, seconds);
  }

  #clear(): void {
    this.#steps = new Map(this.#options.names.map((name) => [name, { ...pending, since: 0 }]));
  }
}

/** The result of a run: the song after its last step, and the faults of the steps. */
export interface PipelineResult {
  readonly song: Song;
  readonly failures: readonly { readonly step: string; readonly error: Error }[];
}

/**
 * Runs the steps one after the other; a song passes from each to the next. A step that fails is left out, and the next one works with
 * what there is.
 * @param enter gets each step's state whenever it changes
 * @throws the reason of the signal when it is cancelled
 */
export async function runPipeline(steps: readonly Step[], song: Song, signal: AbortSignal, enter: PipelineBoard["enter"]): Promise<PipelineResult> {
  const failures: { step: string; error: Error }[] = [];
  let current = song;
  for (const step of steps) {
    signal.throwIfAborted();
    enter(step.name, "running");
    try {
      const next = await step.run(current, signal);
      signal.throwIfAborted();
      enter(step.name, next === undefined ? "skipped" : "complete");
      current = next ?? current;
    } catch (error) {
      signal.throwIfAborted();
      const reason = messageOf(error);
      failures.push({ step: step.name, error: error instanceof Error ? error : new Error(reason) });
      enter(step.name, "error", reason);
    }
  }
  return { song: current, failures };
}

function secondsSince(since: number, now: number): number {
  return Math.round(now - since) / 1000;
}
