import { managerName } from "@vj/schema";
import type { RigEvent, RigState, WorkerEntry } from "./state.ts";
import { readTargets, withRates } from "./targets.ts";

/**
 * The state after an event. Pure.
 * @param now epoch milliseconds
 */
export function reduceRig(rig: RigState, event: RigEvent, now: number): RigState {
  switch (event.type) {
    case "appeared":
      return put(rig, { ...(rig.workers[event.name] ?? unknown(event.name)), link: "connecting", since: now });
    case "vanished":
      // A process without a socket has nothing to show; the manager's row about it stays.
      return rig.workers[event.name]?.link === "connected" ? rig : remove(rig, event.name);
    case "connected":
      // This may be a new process: nothing about the old one holds any more.
      return put(rig, { ...unknown(event.name), link: "connected", since: now, unreadable: rig.workers[event.name]?.unreadable });
    case "disconnected":
      return lose(rig, event.name, now);
    case "silent":
      return update(rig, event.name, ({ silentSince }) => ({ silentSince: silentSince ?? now }));
    case "unreadable":
      return update(rig, event.name, ({ unreadable }) => ({ unreadable: { since: unreadable?.since ?? now, why: event.why } }));
    case "state":
      return update(rig, event.name, ({ stateAt = now, targets }) => ({
        state: event.state,
        stateAt: now,
        silentSince: undefined,
        unreadable: undefined,
        targets: withRates(readTargets(event.state), targets, (now - stateAt) / 1000),
      }));
    case "heartbeat":
      return update(rig, event.name, () => ({ heartbeat: event.heartbeat, heartbeatAt: now }));
    case "description":
      return update(rig, event.name, () => ({ description: event.description }));
    case "managed":
      return { ...rig, managed: event.state.workers, managerProblems: event.problems };
    case "subscribed":
      return update(rig, event.name, () => ({ subscribed: event.subscribed }));
    case "busProblem":
      return { ...rig, busProblem: event.problem };
  }
}

function unknown(name: string): WorkerEntry {
  return {
    name,
    link: "connecting",
    since: 0,
    state: undefined,
    stateAt: undefined,
    heartbeat: undefined,
    heartbeatAt: undefined,
    description: undefined,
    silentSince: undefined,
    unreadable: undefined,
    subscribed: false,
    targets: [],
  };
}

function lose(rig: RigState, name: string, now: number): RigState {
  // Each failed attempt to connect reports this again; keep the time of the first.
  if (rig.workers[name]?.link === "lost") return rig;
  const lost = update(rig, name, () => ({ link: "lost", since: now, silentSince: undefined, subscribed: false }));
  // The state of a manager that has ended is no longer valid.
  return name === managerName ? { ...lost, managed: undefined, managerProblems: [] } : lost;
}

function update(rig: RigState, name: string, change: (worker: WorkerEntry) => Partial<WorkerEntry>): RigState {
  const worker = rig.workers[name];
  return worker === undefined ? rig : put(rig, { ...worker, ...change(worker) });
}

function put(rig: RigState, worker: WorkerEntry): RigState {
  return { ...rig, workers: { ...rig.workers, [worker.name]: worker } };
}

function remove(rig: RigState, name: string): RigState {
  const { [name]: _gone, ...workers } = rig.workers;
  return { ...rig, workers };
}
