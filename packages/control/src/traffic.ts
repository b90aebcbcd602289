import { limits } from "@vj/schema";
import { createHeldBytes } from "./held-bytes.ts";
import type { HeldBytes } from "./held-bytes.ts";
import { createLargeFrames } from "./large-frames.ts";
import type { LargeFrames } from "./large-frames.ts";
import { createTurnBudget } from "./turn-budget.ts";
import type { TurnBudget } from "./turn-budget.ts";

/** Limits shared by all control connections of one process, so that no number of peers can exceed them. */
export interface Traffic {
  readonly budget: TurnBudget;
  readonly largeFrames: LargeFrames;
  /** Received bytes of frames that are not handled yet. */
  readonly received: HeldBytes;
  /** Bytes that peers have not read yet. */
  readonly unsent: HeldBytes;
}

/** Separate limits; for tests. */
export function createTraffic(): Traffic {
  return {
    budget: createTurnBudget(),
    largeFrames: createLargeFrames(),
    received: createHeldBytes(limits.heldBytes),
    unsent: createHeldBytes(limits.unsentBytes),
  };
}

/** The limits of this process. */
export const processTraffic: Traffic = createTraffic();
