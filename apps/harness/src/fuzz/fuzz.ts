import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { descriptionSchema, managerName, messageOf } from "@vj/schema";
import type { Description } from "@vj/schema";
import { createRandom } from "../random.ts";
import { RealRig, until } from "../rig.ts";
import { createCases } from "./cases.ts";
import type { FuzzCase } from "./cases.ts";
import { countFrames } from "./frame-counter.ts";
import type { FrameSecond } from "./judge-seconds.ts";
import { Lane } from "./lane.ts";

export interface FuzzOptions {
  /** Number of cases. */
  cases: number;
  /** Repeats the same cases. */
  seed: number;
  signal?: AbortSignal;
  print(line: string): void;
  /** Called with the part of the cases that was sent, 0–1. */
  progress?(done: number, doing: string): void;
}

/** The results of a run. */
export interface FuzzResult {
  /** Number of cases that were sent and survived. */
  done: number;
  violations: string[];
  /** Frames of the attacked analyzer, and of one that is not attacked, in each whole second of the run. */
  seconds: FrameSecond[];
}

/** The run ends after this many violations: more would show nothing new. */
const enough = 20;
/** A busy machine answers late, ms. */
const answerMs = 20_000;

/**
 * Sends messages of every type with values at, below and above every limit to every process of a rig, in parallel. A
 * second rig with only an analyzer runs beside it and shows how much time the machine has.
 */
export async function runFuzz({ cases: count, seed, signal, print, progress }: FuzzOptions): Promise<FuzzResult> {
  const counter = await countFrames(2);
  const [rig, reference] = [await prepareDemo(), await prepareDemo()];
  const violations: string[] = [];
  let done = 0;
  try {
    const [port, referencePort] = counter.ports;
    rig.addTarget(`127.0.0.1:${port}`);
    reference.addTarget(`127.0.0.1:${referencePort}`);
    stayHome(rig);
    await reference.vj("up", "--only", "audio_analyzer");
    await rig.vj("up");
    const workers = [managerName, ...(await rig.enabledWorkers())];
    print(`${workers.length} processes, ${count} cases, seed ${seed}`);
    const pids = await pidsOf(rig, workers);
    await counter.watch(pids.get("audio_analyzer") ?? 0);
    const next = createCases(createRandom(seed), await describeAll(rig, workers));
    // Counted before the first case, so that a slow start is excluded.
    const before = (await counter.seconds()).length;
    const begun = performance.now();
    let sent = 0;
    const take = (): FuzzCase | undefined => {
      if (sent >= count || signal?.aborted === true || violations.length >= enough) return undefined;
      sent += 1;
      if (sent % 100 === 0) progress?.(sent / count, `${sent} of ${count} cases`);
      if (sent % 50_000 === 0) print(`${sent} of ${count} cases, ${Math.round((sent * 1000) / (performance.now() - begun))} a second`);
      return next();
    };
    const queues = new Map<string, FuzzCase[]>(workers.map((worker) => [worker, []]));
    await Promise.all(workers.map(async (worker) => {
      const lane = new Lane(rig.socket(worker));
      for (let one = nextFor(worker, queues, take); one !== undefined; one = nextFor(worker, queues, take)) {
        try {
          await lane.try(one);
          done += 1;
        } catch (error) {
          violations.push(messageOf(error));
          print(`VIOLATION ${messageOf(error)}`);
        }
      }
      lane.close();
    }));
    const seconds = (await counter.seconds()).slice(before + 1).map(({ frames: [attacked = 0, beside = 0], waitedMs }) => ({ attacked, reference: beside, waitedMs }));
    violations.push(...(await changed(rig, pids)));
    return { done, violations, seconds };
  } finally {
    for (const one of [rig, reference]) {
      await one.vj("down").catch((error: unknown) => print(messageOf(error)));
      await one.remove();
    }
    await counter.close();
  }
}

const prepareDemo = (): Promise<RealRig> => RealRig.prepare(() => ({ VJ_AUDIO_SOURCE: "demo" }));

/** The next case of a worker; cases of others found on the way are queued for their own lanes, as far as there is room. */
function nextFor(worker: string, queues: ReadonlyMap<string, FuzzCase[]>, take: () => FuzzCase | undefined): FuzzCase | undefined {
  for (;;) {
    const own = queues.get(worker)?.shift();
    if (own !== undefined) return own;
    const one = take();
    if (one === undefined) return undefined;
    queues.get(one.worker)?.push(one);
  }
}

/** No internet service is contacted, whatever a case triggers in a worker. */
function stayHome(rig: RealRig): void {
  mkdirSync(rig.configDir, { recursive: true, mode: 0o700 });
  writeFileSync(path.join(rig.configDir, "lyrics_fetcher.json"), JSON.stringify({ lrclib_url: "http://127.0.0.1:9", llm_enabled: false }));
}

async function describeAll(rig: RealRig, workers: readonly string[]): Promise<Map<string, Description>> {
  const described = workers.map(async (worker): Promise<[string, Description]> => [
    worker,
    descriptionSchema.parse((await rig.request(worker, "describe")).data),
  ]);
  return new Map(await Promise.all(described));
}

async function pidsOf(rig: RealRig, workers: readonly string[]): Promise<Map<string, number>> {
  const pids = new Map<string, number>();
  for (const worker of workers) await until(`${worker} answers`, async () => void pids.set(worker, (await rig.workerState(worker)).pid), answerMs);
  return pids;
}

/** Processes that were replaced. */
async function changed(rig: RealRig, before: ReadonlyMap<string, number>): Promise<string[]> {
  const found: string[] = [];
  for (const [worker, pid] of before) {
    try {
      const now = (await pidsOf(rig, [worker])).get(worker);
      if (now !== pid) found.push(`${worker} was replaced: pid ${pid} became ${now ?? "none"}`);
    } catch (error) {
      found.push(messageOf(error));
    }
  }
  return found;
}
