import { setTimeout as delay } from "node:timers/promises";
import { plainTargetView } from "@vj/schema";
import type { OscTable, Target } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import type { Telemetry } from "@vj/telemetry";
import { silenceWorkers } from "../silence.ts";
import { testPattern } from "./pattern.ts";
import type { PatternStep } from "./pattern.ts";

const frameMs = 1000 / 30;
/** Wait for the system's report that nothing listens on the port, ms. */
const answerMs = 100;

/** The pattern, the receiver that gets it, and what is called meanwhile. */
export interface PlayOptions {
  readonly table: OscTable;
  readonly target: Target;
  /** Duration of the whole pattern, seconds. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly onStep: (step: PatternStep) => void;
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
  /** @param problem which worker keeps sending to the same place, and why */
  readonly onProblem?: (problem: string) => void;
}

/**
 * Plays the test pattern to one target, in its view: each argument of the table has its share of the time, in which it alone
 * rises and falls. A target that is off gets it, too. The workers of the rig send nothing else to its place meanwhile: a program in learn
 * mode takes the first address that moves. The signal ends it in order, so it does not reject.
 * @returns datagrams sent, and whether nobody listens there
 */
export async function playPattern({ table, target, seconds, signal, onStep, busDir, onProblem }: PlayOptions): Promise<{ sent: number; refused: boolean }> {
  // Arguments that rest beside the one that moves have addresses of their own in the flat shape.
  const view = { ...(target.view ?? plainTargetView), on_change: true };
  await using telemetry = createTelemetry({ table, targets: [{ ...target, enabled: true, view }] });
  await telemetry.settled();
  const steps = testPattern(table, view);
  const [first] = steps;
  if (first !== undefined) telemetry.send(first.address, first.values(0));
  await delay(answerMs);
  if (telemetry.stats().targets[0]?.listening === false) return { sent: 0, refused: true };
  try {
    await using _silence = await silenceWorkers({
      busDir,
      place: { host: target.host, port: target.port },
      concerns: ({ osc }) => Object.keys(osc).length > 0,
      onProblem: (worker, why) => onProblem?.(`${worker} sends there, too, and ${why}`),
      signal,
    });
    await playSteps({ telemetry, steps, seconds, signal, onStep });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const [stats] = telemetry.stats().targets;
  return { sent: stats?.sent ?? 0, refused: stats?.listening === false };
}

type Steps = Pick<PlayOptions, "seconds" | "signal" | "onStep"> & { readonly telemetry: Telemetry; readonly steps: readonly PatternStep[] };

async function playSteps({ telemetry, steps, seconds, signal, onStep }: Steps): Promise<void> {
  const begin = performance.now();
  const stepMs = (seconds * 1000) / Math.max(1, steps.length);
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) break;
    onStep(step);
    const from = begin + index * stepMs;
    // However short a step is, its highest value and its rest are sent.
    for (let now = Math.min(performance.now(), from + stepMs / 2); now < from + stepMs && !signal.aborted; now = performance.now()) {
      telemetry.send(step.address, step.values((now - from) / stepMs));
      await delay(Math.min(frameMs, stepMs / 2));
    }
    telemetry.send(step.address, step.values(1));
  }
  await delay(answerMs);
}
