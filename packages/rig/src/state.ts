import { managerName } from "@vj/schema";
import type { Description, Heartbeat, ManagedWorker, ManagerState, WorkerState } from "@vj/schema";
import type { TargetFlow } from "./targets.ts";

/** State of the control connection to one process. `lost`: there was one, or nothing answers on the socket. */
export type Link = "connecting" | "connected" | "lost";

/** Everything known about one process with a socket. Times are epoch milliseconds. */
export interface WorkerEntry {
  readonly name: string;
  readonly link: Link;
  /** Time of the last change of `link`. */
  readonly since: number;
  readonly state: WorkerState | undefined;
  readonly stateAt: number | undefined;
  readonly heartbeat: Heartbeat | undefined;
  readonly heartbeatAt: number | undefined;
  readonly description: Description | undefined;
  /** Time since which it has left requests unanswered although it is connected. */
  readonly silentSince: number | undefined;
  /** Why its messages cannot be read, and since when (epoch milliseconds); undefined once one could be read. */
  readonly unreadable: { readonly since: number; readonly why: string } | undefined;
  /** Whether it sends us its telemetry. */
  readonly subscribed: boolean;
  /** The flow to each target of its telemetry. */
  readonly targets: readonly TargetFlow[];
}

/** Everything on the bus, as reported by its processes. */
export interface RigState {
  readonly workers: Readonly<Record<string, WorkerEntry>>;
  /** The process manager's rows for its workers; undefined while there is none. */
  readonly managed: Readonly<Record<string, ManagedWorker>> | undefined;
  readonly managerProblems: readonly string[];
  /** Why the bus directory cannot be used. */
  readonly busProblem: string | undefined;
}

/** Events on the bus. */
export type RigEvent =
  | { readonly type: "appeared" | "vanished" | "connected" | "disconnected" | "silent"; readonly name: string }
  | { readonly type: "unreadable"; readonly name: string; readonly why: string }
  | { readonly type: "state"; readonly name: string; readonly state: WorkerState }
  | { readonly type: "description"; readonly name: string; readonly description: Description }
  | { readonly type: "heartbeat"; readonly name: string; readonly heartbeat: Heartbeat }
  | { readonly type: "subscribed"; readonly name: string; readonly subscribed: boolean }
  | { readonly type: "managed"; readonly state: ManagerState; readonly problems: readonly string[] }
  | { readonly type: "busProblem"; readonly problem: string | undefined };

/** A rig of which nothing is known yet. */
export const emptyRig: RigState = { workers: {}, managed: undefined, managerProblems: [], busProblem: undefined };

/** The entry of the process manager itself. */
export function managerOf(rig: RigState): WorkerEntry | undefined {
  return rig.workers[managerName];
}

/** Whether a process manager answers. */
export function hasManager(rig: RigState): boolean {
  return managerOf(rig)?.link === "connected";
}

/** Names of all workers that run or could run, sorted, without the process manager. */
export function workerNames(rig: RigState): string[] {
  const names = new Set([...Object.keys(rig.workers), ...Object.keys(rig.managed ?? {})]);
  names.delete(managerName);
  return [...names].sort();
}
