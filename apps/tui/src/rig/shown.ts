import { clockTurn } from "../text/remember.ts";
import type { RigStore } from "./store.ts";
import type { RigState } from "./rig-state.ts";

/** After a person has done something or something has happened, each change is shown at once for so long, milliseconds: its effect is a figure. */
const eagerMs = 1000;

/**
 * The state of the rig as it is drawn. Processes report their figures at moments of their own; so that each of these does not draw a
 * screen anew, newer figures are shown together, twice a second, and everything else at once.
 * @param now the clock, epoch milliseconds @returns the state to draw now
 */
export function shownRig(store: RigStore, now: () => number = Date.now): () => RigState {
  let shown = store.get();
  let turn = clockTurn(now());
  let eagerSince = now();
  store.subscribe((_rig, event) => {
    if (event.type !== "bus" || event.figuresOnly !== true) eagerSince = now();
  });
  return () => {
    const at = now();
    // A clock that was set back must not hold anything.
    const isEager = Math.abs(at - eagerSince) < eagerMs;
    if (isEager || clockTurn(at) !== turn) [shown, turn] = [store.get(), clockTurn(at)];
    return shown;
  };
}
