import { setTimeout as delay } from "node:timers/promises";
import { busDir, createClient } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { viewWithSockets } from "@vj/rig/manager";
import type { RigView, WorkerView } from "@vj/rig/manager";
import { healthKey, managerName, managerStateSchema } from "@vj/schema";
import { noteOf } from "./fleet.ts";
import { printJson, printLine } from "./output.ts";

const pollMs = 500;

/** A change of a worker, or of the manager itself. */
export interface StatusChange {
  worker: string;
  /** Its phase of supervision, or `absent`. */
  state: string;
  /** The word for its health. */
  health: string;
  pid: number | null;
  detail: string;
}

/** Prints one line per change, starting with the present state, until `signal` aborts. */
export async function watchStatus(signal: AbortSignal, json: boolean): Promise<void> {
  const client = createClient(managerName, { busDir: busDir() });
  let last: RigView | undefined;
  try {
    await firstAttempt(client);
    while (!signal.aborted) {
      const view = await look(client);
      for (const change of changesBetween(last, view)) print(change, json);
      last = view;
      // An abort ends the wait, and with it the loop.
      await delay(pollMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    await client.close();
  }
}

function firstAttempt(client: ControlClient): Promise<void> {
  return new Promise((resolve) => {
    client.on("connect", resolve);
    client.on("unreachable", () => resolve());
  });
}

async function look(client: ControlClient): Promise<RigView> {
  try {
    const reply = await client.request("get_state");
    return await viewWithSockets(managerStateSchema.safeParse(reply.data).data);
  } catch {
    // The absence of the manager is one of the states watched here.
    return viewWithSockets(undefined);
  }
}

const gone: StatusChange = { worker: managerName, state: "absent", health: "absent", pid: null, detail: "start the rig with: vj up" };

/** The differences between two looks; undefined `before`: this is the first. */
export function changesBetween(before: RigView | undefined, after: RigView): StatusChange[] {
  const changes: StatusChange[] = [];
  const pid = after.manager?.pid;
  if (before === undefined || before.manager?.pid !== pid) {
    changes.push(pid === undefined ? gone : { worker: managerName, state: "running", health: "running", pid, detail: "" });
  }
  for (const [name, worker] of Object.entries(after.workers)) {
    const old = before?.workers[name];
    if (old === undefined || old.pid !== worker.pid || healthKey(old.health) !== healthKey(worker.health)) changes.push(changeOf(name, worker));
  }
  for (const name of Object.keys(before?.workers ?? {})) {
    // Without a manager only workers with a socket are visible: the others count as unchanged.
    if (!(name in after.workers) && (after.manager !== undefined || before?.workers[name]?.pid != null)) {
      changes.push({ worker: name, state: "absent", health: "absent", pid: null, detail: "" });
    }
  }
  return changes;
}

function changeOf(name: string, worker: WorkerView): StatusChange {
  return { worker: name, state: worker.managed?.state ?? worker.health.word, health: worker.health.word, pid: worker.pid, detail: noteOf(worker) };
}

function print(change: StatusChange, json: boolean): void {
  const time = new Date();
  if (json) printJson({ time: time.toISOString(), ...change });
  else printLine(`${time.toTimeString().slice(0, 8)} ${formatChange(change)}`);
}

function formatChange({ worker, health, pid, detail }: StatusChange): string {
  return `${worker} ${health}${pid === null ? "" : ` (pid ${pid})`}${detail === "" ? "" : `: ${detail}`}`;
}
