import { hasManager, workerNames } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { healthDetail, rigHealth, workerHealth } from "@vj/schema";
import type { Reach, Remedy, RigHealth, WorkerHealth } from "@vj/schema";
import { countdown } from "../text/format.ts";
import type { Sign } from "../text/signs.ts";
import type { RigState } from "./rig-state.ts";

/** How one worker is, as it is shown. */
export interface WorkerStatus {
  readonly sign: Sign;
  /** A few words that change only when the state does. */
  readonly word: string;
  /** The word with what counts down, for a live view: `restart in 4 s`. */
  readonly now: string;
  /** Why, since when, and what is being done; of one that is well, what it says of itself. */
  readonly detail: string;
  /** What a person can do; empty when there is nothing to do. */
  readonly todo: string;
}

const signs: Readonly<Record<WorkerHealth["level"], Sign>> = { ok: "ok", off: "off", busy: "busy", degraded: "warn", failed: "bad" };
const keys: Readonly<Record<Remedy, string>> = { start: "s starts it", restart: "r restarts it now", start_manager: "w starts a process manager" };
const pendingWords = { start: "starting", stop: "stopping", restart: "restarting" } as const;

/** @param now epoch milliseconds */
export function workerStatus(name: string, rig: RigState, now: number): WorkerStatus {
  const health = healthOf(name, rig);
  const { level, word, todo, remedy, nextTryAt } = health;
  const waits = word === "backoff" && nextTryAt !== undefined;
  const detail = healthDetail({ ...health, nextTryAt: waits ? undefined : nextTryAt }, now / 1000);
  return {
    sign: signs[level],
    word,
    now: waits ? `restart in ${countdown(nextTryAt * 1000 - now)}` : word,
    detail,
    todo: todo || (remedy === undefined ? "" : keys[remedy]),
  };
}

/** How one worker is; what a person has just asked for counts as on its way. */
export function healthOf(name: string, rig: RigState): WorkerHealth {
  const pending = rig.pending[name];
  if (pending !== undefined) return { level: "busy", word: pendingWords[pending], text: "", todo: "" };
  const worker = rig.workers[name];
  return workerHealth({ managed: rig.managed?.[name], hasManager: hasManager(rig), ...reachOf(worker), state: worker?.state });
}

/** How the whole rig is. */
export function rigHealthOf(rig: RigState): RigHealth {
  const workers = Object.fromEntries(workerNames(rig).map((name) => [name, healthOf(name, rig)]));
  return rigHealth({ workers, hasManager: hasManager(rig), problems: rig.managerProblems });
}

/** Whether a worker is stopped or failed, so that starting it is what a person may want. */
export function canStart(name: string, rig: RigState): boolean {
  const { level, word } = healthOf(name, rig);
  return level === "off" || word === "failed";
}

function reachOf(worker: WorkerEntry | undefined): { reach?: Reach; reachSince?: number } {
  if (worker === undefined) return {};
  const { link, since, silentSince } = worker;
  if (link === "connected" && silentSince !== undefined) return { reach: "silent", reachSince: silentSince / 1000 };
  return { reach: link === "connected" ? "answers" : link === "lost" ? "gone" : "connecting", reachSince: since / 1000 };
}
