import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { initialReader, retryDelaysMs, stepReader } from "../src/capture/reader-policy.ts";
import type { ReaderEffect, ReaderEvent, ReaderState } from "../src/capture/reader-policy.ts";

const timing = { openMs: 3000, stallMs: 1000 };

/** Runs `[time, event]` pairs from the start; returns the state and the effects with their times. */
function run(events: readonly (readonly [number, ReaderEvent["type"] | "late"])[]) {
  let state: ReaderState = initialReader;
  const effects: [number, ReaderEffect][] = [];
  for (const [at, type] of events) {
    const event: ReaderEvent = type === "late" ? { type: "tick", late: true } : { type };
    const result = stepReader(state, event, at, timing);
    state = result.state;
    if (result.effect !== null) effects.push([at, result.effect]);
  }
  return { state, effects };
}

describe("reader policy", () => {
  it("starts a child at the first tick", () => {
    expect(run([[0, "tick"]]).effects).toEqual([[0, "spawn"]]);
  });

  it("gives an idle sink its time to open, then kills", () => {
    expect(run([[0, "tick"], [3000, "tick"], [3001, "tick"]]).effects).toEqual([[0, "spawn"], [3001, "kill"]]);
  });

  it("kills an open source that is silent for longer than the limit", () => {
    const { effects, state } = run([[0, "tick"], [100, "samples"], [1100, "tick"], [1101, "tick"]]);
    expect(effects).toEqual([[0, "spawn"], [1101, "kill"]]);
    expect(state.phase).toBe("ending");
  });

  it("never starts a child before the old one has ended", () => {
    const { effects } = run([[0, "tick"], [100, "samples"], [1200, "tick"], [60_000, "tick"], [60_001, "exit"], [60_001, "tick"]]);
    expect(effects).toEqual([[0, "spawn"], [1200, "kill"], [60_001, "spawn"]]);
  });

  it("does not count a pause of this process against the child", () => {
    const { effects } = run([[0, "tick"], [100, "samples"], [9000, "late"], [9900, "tick"], [10_001, "tick"]]);
    expect(effects).toEqual([[0, "spawn"], [10_001, "kill"]]);
    expect(run([[0, "tick"], [9000, "late"], [9900, "tick"]]).effects).toEqual([[0, "spawn"]]);
  });

  it("waits longer after each failure, up to the last delay", () => {
    let state: ReaderState = initialReader;
    let now = 0;
    const delays: number[] = [];
    for (let failure = 0; failure < 7; failure += 1) {
      state = stepReader(state, { type: "tick" }, now, timing).state;
      state = stepReader(state, { type: "exit" }, now, timing).state;
      if (state.phase !== "waiting") throw new Error(`is ${state.phase}`);
      delays.push(state.until - now);
      now = state.until;
    }
    expect(delays).toEqual([...retryDelaysMs, 2000, 2000]);
  });

  it("forgets failures after five seconds of sound", () => {
    const failed = run([[0, "tick"], [1, "exit"], [2, "tick"], [3, "exit"]]).state;
    const again = stepReader(failed, { type: "tick" }, 1000, timing).state;
    const open = stepReader(again, { type: "samples" }, 1000, timing).state;
    expect(stepReader(open, { type: "exit" }, 5999, timing).state).toEqual({ phase: "waiting", until: 6499, failures: 3 });
    expect(stepReader(open, { type: "exit" }, 6000, timing).state).toEqual({ phase: "waiting", until: 6000, failures: 1 });
  });

  it("ignores events of a child after it was asked to end", () => {
    const { state, effects } = run([[0, "tick"], [100, "samples"], [1200, "tick"], [1201, "samples"], [1202, "tick"]]);
    expect(state.phase).toBe("ending");
    expect(effects).toHaveLength(2);
  });

  it("has at most one child alive, whatever happens", () => {
    const event = fc.constantFrom<ReaderEvent>({ type: "samples" }, { type: "exit" }, { type: "tick" }, { type: "tick", late: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 4000 }))), (steps) => {
        let state: ReaderState = initialReader;
        let now = 0;
        let alive = 0;
        for (const [next, wait] of steps) {
          now += wait;
          if (next.type === "exit") {
            if (alive === 0) continue;
            alive -= 1;
          }
          const result = stepReader(state, next, now, timing);
          state = result.state;
          if (result.effect === "spawn") alive += 1;
          expect(alive).toBeLessThanOrEqual(1);
          expect(state.phase === "waiting" ? state.until - now : 0).toBeLessThanOrEqual(2000);
        }
      }),
    );
  });
});
