import { reduce } from "./reduce.ts";
import { emptyRig } from "./rig-state.ts";
import type { RigEvent, RigState } from "./rig-state.ts";

/** The state of the rig, and the person's requests with their results. */
export interface RigStore {
  get(): RigState;
  dispatch(event: RigEvent): void;
  /** Calls the listener after each change. @returns a function that removes it */
  subscribe(listener: (rig: RigState, event: RigEvent) => void): () => void;
}

/** What a store is made with. */
export interface RigStoreOptions {
  /** The clock, epoch milliseconds; default the system's. */
  readonly now?: () => number;
  /** This program can start a process manager; default true. */
  readonly canStartManager?: boolean;
}

/** A store of a rig of which nothing is known yet. */
export function createRigStore({ now = Date.now, canStartManager = true }: RigStoreOptions = {}): RigStore {
  let rig: RigState = { ...emptyRig, canStartManager };
  const listeners = new Set<(rig: RigState, event: RigEvent) => void>();
  return {
    get: () => rig,
    dispatch(event) {
      rig = reduce(rig, event, now());
      for (const listener of [...listeners]) listener(rig, event);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
