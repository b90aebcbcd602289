import { descendantsOf, processClock } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";

/** The descendants of a process at one moment. */
export interface Descendants {
  readonly list: readonly ProcessIdentity[];
  /** On `processClock`; undefined where the system has none. */
  readonly at: number | undefined;
}

/** Two names of one process, or an answer and a heartbeat, come so close together, ms. */
const freshMs = 400;

/** How a look is made. */
export interface LookOptions {
  /** Also when the last look was a moment ago: nothing may be missed. Default false. */
  readonly isFresh?: boolean;
}

/**
 * Looks for descendants of processes, of each not more often than every 0.4 s: one process can have hundreds of names, and a
 * thread for each, among which the system looks for children.
 */
export function createDescendants(): (owner: ProcessIdentity, options?: LookOptions) => Descendants {
  const known = new Map<number, Descendants & { readonly start: number; readonly until: number }>();
  return (owner, { isFresh = false } = {}) => {
    const now = performance.now();
    const last = known.get(owner.pid);
    if (!isFresh && last !== undefined && last.start === owner.start && now < last.until) return last;
    for (const [pid, { until }] of known) if (until <= now) known.delete(pid);
    const found = { at: processClock(), list: descendantsOf(owner), start: owner.start, until: performance.now() + freshMs };
    known.set(owner.pid, found);
    return found;
  };
}
