import { hasManager, workerNames } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { healthDetail, rigHealth, workerHealth } from "@vj/schema";
import type { Reach, Remedy, RigHealth, WorkerHealth } from "@vj/schema";
import { countdown } from "../text/format.ts";
import { rememberOf } from "../text/remember.ts";
import type { Sign } from "../text/signs.ts";
import type { RigState } from "./rig-state.ts";
import { starterBy, starterOf } from "./starter.ts";

/** The status of one worker for display. */
export interface WorkerStatus {
  readonly sign: Sign;
  /** A few words that change only when the state does. */
  readonly word: string;
  /** The word with a countdown, for a live view: `restart in 4 s`. */
  readonly now: string;
  /** The reason, since when, and the automatic reaction; for a healthy worker, its own report. */
  readonly detail: string;
  /** The next step for a person; empty when there is none. */
  readonly todo: string;
}

const signs: Readonly<Record<WorkerHealth["level"], Sign>> = { ok: "ok", off: "off", busy: "busy", degraded: "warn", failed: "bad" };
const remedies: Readonly<Record<Remedy, (rig: RigState) => string>> = {
  start: (rig) => `${starterBy("s", rig)} it`,
  restart: () => "r restarts it now",
  start_manager: (rig) => `${starterOf(rig)} a process manager`,
};
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
    todo: todo || (remedy === undefined ? "" : remedies[remedy](rig)),
  };
}

/** Health of one worker; a request that a person has just made counts as in progress. */
export function healthOf(name: string, rig: RigState): WorkerHealth {
  const known = healths(rig);
  const health = known.get(name) ?? readHealth(name, rig);
  known.set(name, health);
  return health;
}

/** By name: several parts of each picture show the health of the same workers. */
const healths = rememberOf((_rig: RigState) => new Map<string, WorkerHealth>());

function readHealth(name: string, rig: RigState): WorkerHealth {
  const pending = rig.pending[name];
  if (pending !== undefined) return { level: "busy", word: pendingWords[pending], text: "", todo: "" };
  const worker = rig.workers[name];
  return workerHealth({ managed: rig.managed?.[name], hasManager: hasManager(rig), ...reachOf(worker), state: worker?.state });
}

/** Health of the whole rig. */
export const rigHealthOf: (rig: RigState) => RigHealth = rememberOf((rig) => {
  const workers = Object.fromEntries(workerNames(rig).map((name) => [name, healthOf(name, rig)]));
  return rigHealth({ workers, hasManager: hasManager(rig), problems: rig.managerProblems });
});

/** Whether a worker is stopped or failed, so that a person may want to start it. */
export function canStart(name: string, rig: RigState): boolean {
  const { level, word } = healthOf(name, rig);
  return level === "off" || word === "failed";
}

/** Whether the key that starts all would start anything: a process manager, or a worker that its settings do not switch off. */
export const hasAnyToStart: (rig: RigState) => boolean = rememberOf((rig) => {
  if (!hasManager(rig)) return rig.canStartManager;
  return workerNames(rig).some((name) => rig.managed?.[name]?.enabled === true && canStart(name, rig));
});

function reachOf(worker: WorkerEntry | undefined): { reach?: Reach; reachSince?: number; problem?: string } {
  if (worker === undefined) return {};
  const { link, since, silentSince, unreadable } = worker;
  if (unreadable !== undefined) return { reach: "unusable", reachSince: unreadable.since / 1000, problem: `what it sends cannot be read: ${unreadable.why}; end its process and mend the worker` };
  if (link === "connected" && silentSince !== undefined) return { reach: "silent", reachSince: silentSince / 1000 };
  return { reach: link === "connected" ? "answers" : link === "lost" ? "gone" : "connecting", reachSince: since / 1000 };
}
