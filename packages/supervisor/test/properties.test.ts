import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { phaseOf, restartDelay, defaultPolicy } from "../src/index.ts";
import type { Behaviour } from "./virtual-rig.ts";
import { VirtualRig } from "./virtual-rig.ts";

type Action =
  | { do: "start" | "stop" | "restart" | "die" | "die-twice" | "found" | "gave-way" }
  | { do: "wait"; ms: number }
  | { do: "become"; behaviour: Behaviour };

const behaviour: fc.Arbitrary<Behaviour> = fc.record(
  {
    exitsAfter: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
    hangsAfter: fc.integer({ min: 0, max: 90_000 }),
    neverComesUp: fc.boolean(),
    ignoresTerm: fc.boolean(),
  },
  { requiredKeys: [] },
);
const fault: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action>({ do: "die" }, { do: "die-twice" }, { do: "found" }, { do: "gave-way" }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 100_000 })) }),
  fc.record({ do: fc.constant("become" as const), behaviour }),
);
const human = fc.constantFrom<Action>({ do: "start" }, { do: "stop" }, { do: "restart" });
const story = fc.array(fc.oneof({ weight: 5, arbitrary: fault }, { weight: 1, arbitrary: human }), { maxLength: 60 });

function act(rig: VirtualRig, action: Action): void {
  switch (action.do) {
    case "wait":
      return rig.advance(action.ms);
    case "become":
      rig.behaviour = action.behaviour;
      return;
    case "die":
      return rig.die();
    case "die-twice": {
      const id = rig.state.alive?.id ?? 0;
      rig.die();
      return rig.send({ type: "exited", incarnation: id, code: 1, signal: null });
    }
    case "found":
      return rig.found();
    case "gave-way":
      return rig.gaveWay();
    default:
      return rig.send({ type: action.do });
  }
}

/**
 * Plays a story starting with a running worker, and checks after every action. The rig itself throws on a spawn beside a
 * living process.
 */
function play(actions: readonly Action[], check: (rig: VirtualRig, action: Action, effectsBefore: number) => void): void {
  const rig = new VirtualRig();
  rig.send({ type: "start" });
  for (const action of actions) {
    const effectsBefore = rig.done.length;
    act(rig, action);
    check(rig, action, effectsBefore);
  }
}

describe("in any sequence of events", () => {
  it("restarts at most 5 times in any 60 s, except for a human and the retry once a minute", () => {
    fc.assert(
      fc.property(story, (actions) => {
        let times: number[] = [];
        let retries: number[] = [];
        play(actions, (rig, action, effectsBefore) => {
          if (action.do === "start" || action.do === "stop" || action.do === "restart") {
            times = [];
            retries = [];
            return;
          }
          for (const { at, effect, before } of rig.done.slice(effectsBefore)) {
            if (effect.type !== "spawn" || before.alive?.ending?.by === "request") continue;
            (before.failed ? retries : times).push(at);
          }
          times.forEach((time, index) => expect(time - (times[index - 5] ?? -Infinity)).toBeGreaterThanOrEqual(60_000));
          retries.forEach((time, index) => expect(time - (retries[index - 1] ?? -Infinity)).toBeGreaterThanOrEqual(60_000));
        });
      }),
    );
  });

  it("never waits longer than 30 s, unless it failed", () => {
    fc.assert(
      fc.property(story, (actions) => {
        play(actions, ({ state, now }) => {
          expect((state.startAt ?? now) - now).toBeLessThanOrEqual(state.failed ? 60_000 : 30_000);
        });
      }),
    );
    fc.assert(fc.property(fc.nat(), (attempts) => restartDelay(attempts, defaultPolicy) <= 30_000));
  });

  it("never restarts after a requested stop", () => {
    fc.assert(
      fc.property(story, fc.array(fault, { maxLength: 30 }), (before, after) => {
        let stopped = false;
        play([...before, { do: "stop" }, ...after, { do: "wait", ms: 100_000 }], (rig, action, effectsBefore) => {
          const spawned = rig.done.slice(effectsBefore).some(({ effect }) => effect.type === "spawn");
          if (action.do === "start" || action.do === "restart") stopped = false;
          expect(stopped && spawned).toBe(false);
          if (action.do === "stop") stopped = true;
        });
        expect(stopped).toBe(true);
      }),
    );
  });

  it("always restarts at a human's request, with the whole budget", () => {
    fc.assert(
      fc.property(story, fc.constantFrom("start" as const, "restart" as const), (actions, request) => {
        play([...actions, { do: "become", behaviour: {} }, { do: request }], ({ state }, action) => {
          if (action.do !== request) return;
          expect(state).toMatchObject({ wanted: true, failed: false, attempts: 0, restarts: [] });
          expect(state.alive).not.toBeNull();
        });
      }),
    );
  });

  it("restarts a wanted worker whose fault is gone without a human", () => {
    fc.assert(
      fc.property(fc.array(fault, { maxLength: 40 }), (actions) => {
        let phase = "";
        play([...actions, { do: "become", behaviour: {} }, { do: "wait", ms: 300_000 }], ({ state }) => {
          phase = phaseOf(state);
        });
        expect(phase).toBe("running");
      }),
    );
  });

  it("counts the exits of one incarnation once", () => {
    fc.assert(
      fc.property(story, (actions) => {
        play(actions, ({ state }) => {
          expect(state.restartCount).toBeLessThanOrEqual(Math.max(0, state.incarnations - 1));
        });
        play(actions.map((action) => (action.do === "die" ? { do: "die-twice" } : action)), (twice) => {
          expect(twice.done.filter(({ effect }) => effect.type === "spawn").length).toBeLessThanOrEqual(twice.state.incarnations);
        });
      }),
    );
  });
});
