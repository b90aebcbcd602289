import { setTimeout as delay } from "node:timers/promises";
import { managerName } from "@vj/schema";
import type { WorkerState } from "@vj/schema";
import { isOverloaded } from "./overload.ts";
import { rigProcesses } from "./processes.ts";
import { until } from "./rig.ts";
import type { RealRig } from "./rig.ts";
import { waitedMs } from "./waited.ts";

/** Acknowledged settings, by worker and key: they must be in force after every fault. */
export type Acknowledged = Map<string, Record<string, unknown>>;

// A worker that used up its budget is tried again once a minute; no recovery may take longer than that and a start, ms.
const recoveryMs = 90_000;
const analyzer = "audio_analyzer";
/** How long frames are counted once everything is back, and at least while a fault lasts, ms. */
const [backWindowMs, faultWindowMs] = [500, 1000];
const settleMs = 50;
// Limits of frames per second: a loaded machine wakes us late, and half a second has 30 frames plus or minus one at each edge and a
// burst. Two senders would give 120.
const [lowestRate, highestRate] = [54, 66];

/**
 * Checks all conditions that must hold after every fault, and waits for them as long as recovery may take. @throws Error
 * that names a violated one.
 */
export async function checkInvariants(rig: RealRig, workers: readonly string[], acknowledged: Acknowledged): Promise<void> {
  for (const worker of [managerName, ...workers]) {
    await until(`${worker} answers`, async () => void (await rig.workerState(worker)), recoveryMs);
  }
  await until("one process per worker", () => onlyOne(rig, workers), recoveryMs);
  await until("acknowledged settings are intact", () => settingsIntact(rig, acknowledged), 5000);
  await until("telemetry is back at 60 per second", () => rateIsFull(rig), recoveryMs);
}

/**
 * Starts to count telemetry. The returned function checks that it was not interrupted since.
 * @throws Error, from that function, when the analyzer is the same process as before but dropped frames.
 */
export function watchTelemetry(rig: RealRig): () => Promise<void> {
  const pids = rig.pidsOf(analyzer);
  const waited = (): number => pids.reduce((sum, pid) => sum + waitedMs(pid), 0);
  const [before, waitedBefore, begun] = [framesSeen(rig), waited(), performance.now()];
  return async () => {
    // Looking through all processes blocks this process, so the packets that arrived meanwhile are read before they are counted.
    await delay(settleMs);
    const elapsed = performance.now() - begun;
    if (elapsed < faultWindowMs || rig.pidsOf(analyzer).join() !== pids.join()) return;
    const rate = ((framesSeen(rig) - before) * 1000) / elapsed;
    // While other processes had the processor, nothing could play on.
    const lowest = (isOverloaded() ? lowestRate / 2 : lowestRate) * Math.max(0, 1 - (waited() - waitedBefore) / elapsed);
    if (rate < lowest) throw new Error(`telemetry did not play on: ${rate.toFixed(1)} frames a second over ${Math.round(elapsed)} ms`);
  };
}

function framesSeen(rig: RealRig): number {
  return rig.receiver.latest("/audio/levels")?.count ?? 0;
}

function onlyOne(rig: RealRig, workers: readonly string[]): void {
  const found = rigProcesses(rig.busDir);
  for (const worker of [managerName, ...workers]) {
    const pids = found.filter(({ name }) => name === worker).map(({ pid }) => pid);
    if (pids.length !== 1) throw new Error(`${worker} runs ${pids.length} times (${pids.join(", ")})`);
  }
}

/** A loaded machine may be late with any answer; that is not a fault of the settings. */
async function answer(rig: RealRig, worker: string): Promise<WorkerState> {
  let state: WorkerState | undefined;
  await until(`${worker} answers`, async () => void (state = await rig.workerState(worker)), recoveryMs);
  if (state === undefined) throw new Error(`${worker} has no state`);
  return state;
}

async function settingsIntact(rig: RealRig, acknowledged: Acknowledged): Promise<void> {
  for (const [worker, settings] of acknowledged) {
    const { config } = await answer(rig, worker);
    for (const [key, value] of Object.entries(settings)) {
      if (config?.[key] !== value) {
        throw new Error(`${worker}.${key} is ${JSON.stringify(config?.[key])}, acknowledged was ${JSON.stringify(value)}`);
      }
    }
  }
}

async function rateIsFull(rig: RealRig): Promise<void> {
  const [before, begun] = [framesSeen(rig), performance.now()];
  await delay(backWindowMs);
  const rate = ((framesSeen(rig) - before) * 1000) / (performance.now() - begun);
  if (rate < lowestRate || rate > highestRate) throw new Error(`/audio/levels comes ${rate.toFixed(1)} times a second`);
}
