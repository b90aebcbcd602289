import { setTimeout as delay } from "node:timers/promises";
import { busDir, createClient } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { managerName, managerStateSchema } from "@vj/schema";
import type { ManagedWorker, ManagerState } from "@vj/schema";
import { noteOf } from "./fleet.ts";
import { printJson, printLine } from "./output.ts";

const pollMs = 500;

/** A worker, or the manager itself, is no longer as it was. */
export interface StatusChange {
  worker: string;
  state: string;
  pid: number | null;
  detail: string;
}

/** Prints one line per change, the present state first, until `signal` aborts. */
export async function watchStatus(signal: AbortSignal, json: boolean): Promise<void> {
  const client = createClient(managerName, { busDir: busDir() });
  let last: ManagerState | undefined;
  try {
    await firstAttempt(client);
    if (!client.connected) print(gone, json);
    while (!signal.aborted) {
      const state = await look(client);
      for (const change of changesBetween(last, state)) print(change, json);
      last = state;
      // An abort ends the wait, and with it the loop.
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    client.close();
  }
}

function firstAttempt(client: ControlClient): Promise<void> {
  return new Promise((resolve) => {
    client.on("connect", resolve);
    client.on("unreachable", () => resolve());
  });
}

async function look(client: ControlClient): Promise<ManagerState | undefined> {
  try {
    const reply = await client.request("get_state");
    return managerStateSchema.safeParse(reply.data).data;
  } catch {
    // No manager is one of the states that are watched here.
    return undefined;
  }
}

const gone: StatusChange = { worker: managerName, state: "absent", pid: null, detail: "start the rig with: vj up" };

/** What differs between two looks; undefined stands for a manager that is away. */
export function changesBetween(before: ManagerState | undefined, after: ManagerState | undefined): StatusChange[] {
  if (after === undefined) return before === undefined ? [] : [gone];
  const changes: StatusChange[] = [];
  if (before?.pid !== after.pid) changes.push({ worker: managerName, state: "running", pid: after.pid, detail: "" });
  for (const [name, worker] of Object.entries(after.workers)) {
    const old = before?.workers[name];
    if (old === undefined || isOther(old, worker)) changes.push(changeOf(name, worker));
  }
  for (const name of Object.keys(before?.workers ?? {})) {
    if (!(name in after.workers)) changes.push({ worker: name, state: "absent", pid: null, detail: "" });
  }
  return changes;
}

function isOther(old: ManagedWorker, now: ManagedWorker): boolean {
  return (
    old.state !== now.state ||
    old.pid !== now.pid ||
    old.stopped_by_request !== now.stopped_by_request ||
    old.condition?.level !== now.condition?.level ||
    old.condition?.text !== now.condition?.text
  );
}

function changeOf(name: string, worker: ManagedWorker): StatusChange {
  return { worker: name, state: worker.state, pid: worker.pid, detail: noteOf(worker) };
}

function print(change: StatusChange, json: boolean): void {
  const time = new Date();
  if (json) printJson({ time: time.toISOString(), ...change });
  else printLine(`${time.toTimeString().slice(0, 8)} ${formatChange(change)}`);
}

function formatChange({ worker, state, pid, detail }: StatusChange): string {
  return `${worker} ${state}${pid === null ? "" : ` (pid ${pid})`}${detail === "" ? "" : `: ${detail}`}`;
}
