import type { ManagedWorker } from "@vj/schema";
import { age, clock, countdown } from "../text/format.ts";
import type { Sign } from "../text/signs.ts";
import { textField } from "./fields.ts";
import { hasManager, workerNames } from "./rig-state.ts";
import type { RigState, WorkerEntry } from "./rig-state.ts";

/** How one worker is, in words. */
export interface WorkerStatus {
  readonly sign: Sign;
  /** One or two words that change only when the state does. */
  readonly word: string;
  /** The word with what counts down, for a live view: `restart in 4 s`. */
  readonly now: string;
  /** Why, since when, and what is being done; empty when all is well. */
  readonly detail: string;
  /** What a person can press; empty when there is nothing to do. */
  readonly todo: string;
}

const pendingWords = { start: "starting", stop: "stopping", restart: "restarting" } as const;

/** @param now epoch milliseconds */
export function workerStatus(name: string, rig: RigState, now: number): WorkerStatus {
  const pending = rig.pending[name];
  if (pending !== undefined) return status("busy", pendingWords[pending]);
  const worker = rig.workers[name];
  const managed = rig.managed?.[name];
  return managed === undefined ? unmanagedStatus(worker, rig, now) : managedStatus(managed, worker, now);
}

/** Workers that would run, had a person not stopped them. */
export function stoppedByYou({ managed }: RigState): string[] {
  return Object.keys(managed ?? {}).filter((name) => managed?.[name]?.stopped_by_request === true).sort();
}

/** Whether nothing runs and nothing is on its way, although there are workers. @param now epoch milliseconds */
export function isIdle(rig: RigState, now: number): boolean {
  const names = workerNames(rig);
  return names.length > 0 && names.every((name) => workerStatus(name, rig, now).sign === "off");
}

/** Whether a worker is stopped or failed, so that starting it is what a person may want. @param now epoch milliseconds */
export function canStart(name: string, rig: RigState, now: number): boolean {
  const { sign, word } = workerStatus(name, rig, now);
  return sign === "off" || word === "failed";
}

function managedStatus(managed: ManagedWorker, worker: WorkerEntry | undefined, now: number): WorkerStatus {
  switch (managed.state) {
    case "running":
      return runningStatus(worker, now);
    case "starting":
      return status("busy", "starting", { detail: managed.detail });
    case "unhealthy":
      return status("warn", "hanging", {
        detail: join(managed.detail || "does not answer", lastHeard(managed, now), "killed and restarted if it stays so"),
        todo: "r restarts it now",
      });
    case "backoff":
      return status("busy", "restarting", {
        now: managed.next_restart_at === null ? "restarting" : `restart in ${countdown(managed.next_restart_at * 1000 - now)}`,
        detail: join(managed.detail || lastReason(managed), sinceExit(managed)),
        todo: "r restarts it now",
      });
    case "failed":
      return status("bad", "failed", {
        detail: join(sinceExit(managed), nextTry(managed, now), managed.detail || lastReason(managed)),
        todo: "r restarts it now",
      });
    case "stopped":
      if (managed.stopped_by_request) return status("off", "stopped", { now: "stopped by you", todo: "s starts it" });
      return status("off", "stopped", { detail: managed.enabled ? "" : "off by default", todo: "s starts it" });
  }
}

function runningStatus(worker: WorkerEntry | undefined, now: number): WorkerStatus {
  if (worker?.link !== "connected") {
    return status("busy", "reconnecting", { detail: worker === undefined ? "" : `for ${age(now - worker.since)}` });
  }
  if (worker.silentSince !== undefined) {
    return status("warn", "no answer", { detail: `for ${age(now - worker.silentSince)}`, todo: "r restarts it now" });
  }
  return ownStatus(worker);
}

function unmanagedStatus(worker: WorkerEntry | undefined, rig: RigState, now: number): WorkerStatus {
  const alone = hasManager(rig) ? "" : "w starts a process manager";
  switch (worker?.link) {
    case "connected": {
      if (worker.silentSince === undefined) return ownStatus(worker);
      return status("warn", "no answer", { detail: `for ${age(now - worker.silentSince)}`, todo: alone });
    }
    case "connecting":
      return status("busy", "connecting", { detail: `for ${age(now - worker.since)}` });
    case "lost":
      return status("bad", "gone", { detail: `for ${age(now - worker.since)}; nobody restarts it`, todo: alone });
    case undefined:
      return status("off", "stopped");
  }
}

/** What a worker that answers says of itself: one that runs may still be unable to do its work. */
function ownStatus({ state }: WorkerEntry): WorkerStatus {
  const { condition } = state ?? {};
  if (condition !== undefined && condition.level !== "ok") {
    const detail = join(condition.text, condition.since === undefined ? "" : `since ${clock(condition.since * 1000)}`);
    return status(condition.level === "failed" ? "bad" : "warn", condition.level, { detail, todo: condition.todo ?? "" });
  }
  const word = state?.status ?? "running";
  const why = ["reason", "problem", "detail"].map((key) => textField(state, key)).find((text) => text !== undefined) ?? "";
  if (word !== "running") return status(word === "stopped" ? "off" : "warn", word, { detail: why });
  // What it says while all is well is worth a row only when there is something to do about it.
  if (condition?.todo !== undefined) return status("ok", "running", { detail: condition.text });
  return status("ok", "running", { detail: state?.["available"] === false ? why || "not available" : "" });
}

function lastReason({ last_exit: exit }: ManagedWorker): string {
  return exit?.reason ?? "";
}

function sinceExit({ last_exit: exit }: ManagedWorker): string {
  return exit === null ? "" : `since ${clock(exit.at * 1000)}`;
}

function lastHeard({ last_heartbeat: at }: ManagedWorker, now: number): string {
  return at === null ? "" : `last heard ${age(now - at * 1000)} ago`;
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}

function nextTry({ next_restart_at: at }: ManagedWorker, now: number): string {
  return at === null ? "not tried again by itself" : `next try in ${countdown(at * 1000 - now)}`;
}

function status(sign: Sign, word: string, more: Partial<WorkerStatus> = {}): WorkerStatus {
  return { sign, word, now: word, detail: "", todo: "", ...more };
}
