import type { WorkerState } from "@vj/schema";
import type { RigEvent as BusEvent, RigState as BusState } from "@vj/rig";

/**
 * Whether an event of the bus brings only newer figures of what is known already: load, counts, ages. Processes report them several times
 * a second all together, and nobody waits for them, so they alone bring no picture. Pure. @param before the state before it
 */
export function isOnlyFigures({ workers, managed }: Pick<BusState, "workers" | "managed">, event: BusEvent): boolean {
  switch (event.type) {
    case "heartbeat":
      return workers[event.name]?.silentSince === undefined;
    case "state": {
      const worker = workers[event.name];
      return worker?.state !== undefined && worker.silentSince === undefined && saysTheSame(worker.state, event.state);
    }
    case "managed": {
      const names = Object.keys(event.state.workers);
      return managed !== undefined && names.length === Object.keys(managed).length && names.every((name) => managed[name]?.state === event.state.workers[name]?.state);
    }
    default:
      return false;
  }
}

function saysTheSame(one: WorkerState, other: WorkerState): boolean {
  return one.status === other.status && one.pid === other.pid && JSON.stringify(one.condition) === JSON.stringify(other.condition);
}
