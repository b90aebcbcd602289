import { describe, expect, it } from "vitest";
import { reduceRig } from "../src/reduce.ts";
import { emptyRig, hasManager, workerNames } from "../src/state.ts";
import type { RigEvent, RigState } from "../src/state.ts";
import { sumTargets } from "../src/targets.ts";

/** A moment, epoch milliseconds. */
const noon = Date.UTC(2026, 5, 1, 12, 0, 0);

const running = (name: string): RigEvent[] => [
  { type: "appeared", name },
  { type: "connected", name },
  { type: "state", name, state: { status: "running", pid: 4711 } },
];
const manager = (worker: string, state: "running" | "stopped"): RigEvent[] => [
  ...running("process_manager"),
  {
    type: "managed",
    state: {
      status: "running",
      pid: 1,
      total_managed: 1,
      workers: {
        [worker]: {
          ...{ enabled: true, running: state === "running", restart_count: 0, last_heartbeat: null, state, pid: 4711, adopted: false },
          ...{ last_exit: null, next_restart_at: null, stopped_by_request: false, condition: null, detail: "" },
        },
      },
    },
    problems: [],
  },
];
const rigAfter = (events: readonly RigEvent[]): RigState => events.reduce((rig, event) => reduceRig(rig, event, noon), emptyRig);

const target = (sent: number, refused = 0) => ({
  telemetry: { targets: [{ name: "a", host: "h", port: 1, phase: "open", sent, refused, errors: 0, dropped: 0 }] },
});
const state = (name: string, more: object) => ({ type: "state", name, state: { status: "running", pid: 1, ...more } }) as const;

describe("the state of the rig", () => {
  it("lists workers that have a socket and those that the manager knows, without the manager", () => {
    const rig = rigAfter([...running("hello"), ...manager("osc_debugger", "stopped")]);
    expect(workerNames(rig)).toEqual(["hello", "osc_debugger"]);
    expect(hasManager(rig)).toBe(true);
  });

  it("forgets the rows of a lost manager, and keeps the workers", () => {
    const rig = rigAfter([...running("hello"), ...manager("gone", "running"), { type: "disconnected", name: "process_manager" }]);
    expect(workerNames(rig)).toEqual(["hello"]);
    expect(hasManager(rig)).toBe(false);
  });

  it("keeps the first moment of a loss through all failed attempts", () => {
    const lost = reduceRig(rigAfter(running("hello")), { type: "disconnected", name: "hello" }, noon + 1000);
    const later = reduceRig(lost, { type: "disconnected", name: "hello" }, noon + 9000);
    expect(later.workers["hello"]).toMatchObject({ link: "lost", since: noon + 1000 });
  });

  it("shows nothing of the previous process after a new one connected", () => {
    const rig = rigAfter([...running("hello"), { type: "disconnected", name: "hello" }, { type: "connected", name: "hello" }]);
    expect(rig.workers["hello"]).toMatchObject({ link: "connected", state: undefined, heartbeat: undefined });
  });

  it("keeps since when a worker cannot be read through all reconnections, until an answer could be", () => {
    const flaps: RigEvent[] = [{ type: "unreadable", name: "hello", why: "nested more than 64 deep" }, { type: "disconnected", name: "hello" }, { type: "connected", name: "hello" }];
    const later = [...flaps, ...flaps].reduce((rig, event) => reduceRig(rig, event, noon + 5000), rigAfter([...running("hello"), ...flaps]));
    expect(later.workers["hello"]?.unreadable).toEqual({ since: noon, why: "nested more than 64 deep" });
    const [state] = running("hello").slice(-1);
    expect(state === undefined ? undefined : reduceRig(later, state, noon).workers["hello"]?.unreadable).toBeUndefined();
  });

  it("removes a worker with its socket, but not while it is connected", () => {
    expect(rigAfter([...running("hello"), { type: "vanished", name: "hello" }]).workers).toHaveProperty("hello");
    expect(rigAfter([...running("hello"), { type: "disconnected", name: "hello" }, { type: "vanished", name: "hello" }]).workers).toEqual({});
  });

  it("keeps the time since which a worker is silent, until it answers", () => {
    const silent = rigAfter([...running("hello"), { type: "silent", name: "hello" }]);
    expect(reduceRig(silent, { type: "silent", name: "hello" }, noon + 2000).workers["hello"]?.silentSince).toBe(noon);
    expect(reduceRig(silent, state("hello", {}), noon + 2000).workers["hello"]?.silentSince).toBeUndefined();
  });

  it("ignores events of unknown workers", () => {
    expect(rigAfter([{ type: "silent", name: "nobody" }])).toEqual(emptyRig);
  });
});

describe("targets", () => {
  it("have a rate from the second look on, and none for a new process", () => {
    const first = reduceRig(rigAfter(running("a")), state("a", target(100)), noon);
    expect(first.workers["a"]?.targets[0]).toMatchObject({ sent: 100, rate: undefined });
    const second = reduceRig(first, state("a", target(220, 3)), noon + 2000);
    expect(second.workers["a"]?.targets[0]).toMatchObject({ rate: 60, refusing: true });
    const restarted = reduceRig(second, state("a", target(5)), noon + 4000);
    expect(restarted.workers["a"]?.targets[0]).toMatchObject({ rate: undefined, refusing: false });
  });

  it("are summed over the workers", () => {
    const flow = { name: "a", host: "h", port: 1, phase: "open", sent: 10, refused: 0, errors: 1, dropped: 0, rate: 60, refusing: false, listening: true, since: undefined };
    const other = { ...flow, phase: "failed", rate: undefined, refusing: true };
    expect(sumTargets([[flow], [other], [{ ...flow, port: 2 }]])).toEqual([
      { ...flow, phase: "failed", sent: 20, errors: 2, refusing: true },
      { ...flow, port: 2 },
    ]);
  });

  it("may be missing or nonsense in a stranger's state", () => {
    for (const telemetry of [undefined, null, 3, { targets: "x" }, { targets: [null, 4] }]) {
      expect(reduceRig(rigAfter(running("a")), state("a", { telemetry }), noon).workers["a"]?.targets).toEqual([]);
    }
  });
});
