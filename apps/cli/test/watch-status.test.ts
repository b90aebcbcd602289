import type { ManagedWorker, ManagerState, WorkerPhase } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { describeWorker, fleetRows, summaryLines } from "../src/fleet.ts";
import { rigView } from "@vj/rig/manager";
import type { RigView } from "@vj/rig/manager";
import { changesBetween } from "../src/watch-status.ts";

const worker = (state: WorkerPhase, more: Partial<ManagedWorker> = {}): ManagedWorker => ({
  enabled: true, running: state === "running", restart_count: 0, last_heartbeat: null, state, pid: state === "running" ? 7 : null,
  adopted: false, last_exit: null, next_restart_at: null, stopped_by_request: false, condition: null, detail: "", ...more,
});
const stopped = worker("stopped", { stopped_by_request: true, detail: "stopped by you" });
const rig = (workers: Record<string, ManagedWorker>, more: Partial<ManagerState> = {}): RigView =>
  rigView({ status: "running", pid: 1, workers, total_managed: Object.keys(workers).length, ...more });
const none = rigView(undefined);
const isHealthy = (view: RigView): boolean => view.rig.healthy;
const described = (more: ManagedWorker): string =>
  Object.entries(rig({ lamp: more }).workers).map(([name, view]) => describeWorker(name, view, 100)).join("");

describe("changesBetween", () => {
  it("reports everything at first, then only differences", () => {
    const before = rig({ lamp: worker("running"), fan: worker("running") });
    expect(changesBetween(undefined, before).map(({ worker }) => worker)).toEqual(["process_manager", "lamp", "fan"]);
    expect(changesBetween(before, rig({ lamp: worker("running"), fan: worker("running") }))).toEqual([]);
    const after = rig({ lamp: worker("backoff", { detail: "restart 2" }), fan: worker("running", { pid: 8 }) });
    expect(changesBetween(before, after)).toEqual([
      { worker: "lamp", state: "backoff", health: "backoff", pid: null, detail: "restart 2" },
      { worker: "fan", state: "running", health: "running", pid: 8, detail: "" },
    ]);
  });

  it("reports once that the manager is away, and that a new one started", () => {
    const before = rig({ lamp: worker("running") });
    expect(changesBetween(before, none)).toMatchObject([{ worker: "process_manager", state: "absent" }, { worker: "lamp", state: "absent" }]);
    expect(changesBetween(undefined, none)).toMatchObject([{ worker: "process_manager", state: "absent" }]);
    expect(changesBetween(none, none)).toEqual([]);
    expect(changesBetween(before, rig({ lamp: worker("running") }, { pid: 2 }))).toMatchObject([{ worker: "process_manager", state: "running", pid: 2 }]);
  });

  it("reports a stop by a person, and the worker's own condition", () => {
    const before = rig({ lamp: worker("stopped"), fan: worker("running") });
    const after = rig({ lamp: stopped, fan: worker("running", { condition: { level: "degraded", text: "no wind", todo: "open a window" } }) });
    expect(changesBetween(before, after).map(({ worker: name, health, detail }) => `${name} ${health}: ${detail}`)).toEqual([
      "lamp stopped by you: ",
      "fan degraded: no wind; open a window",
    ]);
    expect(changesBetween(after, after)).toEqual([]);
    expect(changesBetween(after, rig({ lamp: stopped, fan: worker("running") }))).toMatchObject([{ worker: "fan", health: "running" }]);
  });

  it("reports workers that are no longer known", () => {
    expect(changesBetween(rig({ lamp: worker("running") }), rig({}))).toMatchObject([{ worker: "lamp", state: "absent" }]);
  });
});

it("a rig is healthy when every worker runs or is not enabled", () => {
  expect(isHealthy(rig({ lamp: worker("running"), fan: worker("stopped") }))).toBe(true);
  for (const state of ["starting", "unhealthy", "backoff", "failed"] as const) expect(isHealthy(rig({ lamp: worker(state) }))).toBe(false);
  expect(isHealthy(rig({ lamp: worker("running") }, { problems: ["cannot use x"] }))).toBe(false);
  expect(isHealthy(rig({ lamp: worker("running", { condition: { level: "ok", text: "no account" } }) }))).toBe(true);
  for (const level of ["degraded", "failed"] as const) {
    expect(isHealthy(rig({ lamp: worker("running", { condition: { level, text: "" } }) }))).toBe(false);
  }
});

it("a rig in which nothing runs is never healthy", () => {
  for (const workers of [{}, { lamp: worker("stopped") }, { lamp: stopped }, { lamp: worker("stopped", { enabled: false }) }]) {
    expect(isHealthy(rig(workers))).toBe(false);
    expect(summaryLines(rig(workers))[0]).toBe("degraded: nothing is running; process manager pid 1");
  }
});

it("workers stopped by a person are named with the health, and the command to start them", () => {
  expect(summaryLines(rig({ lamp: stopped, fan: worker("running"), spare: worker("stopped", { enabled: false }) }))).toEqual([
    "healthy; process manager pid 1",
    "stopped by you: lamp; start it again with: vj start lamp",
  ]);
  expect(summaryLines(rig({ lamp: stopped, fan: stopped }))).toEqual([
    "degraded: nothing is running; process manager pid 1",
    "stopped by you: fan, lamp; start them again with: vj start --all",
  ]);
});

it("describes a worker with all details", () => {
  expect(described(worker("running", { adopted: true }))).toBe("lamp running (pid 7): adopted");
  const waiting = worker("backoff", { detail: "restart 3 after: boom", next_restart_at: 103.2 });
  expect(described(waiting)).toBe("lamp backoff: next try in 4 s; restart 3 after: boom");
  const again = worker("starting", { pid: 7, last_exit: { code: 1, signal: null, reason: "boom", at: 99, lines: [] } });
  expect(described(again)).toBe("lamp starting (pid 7): last exit: boom");
});

it("the table has a line per worker", () => {
  expect(fleetRows(rig({ lamp: worker("running", { last_heartbeat: 97, restart_count: 2 }) }), 100)).toEqual([["lamp", "running", "7", "2", "3 s ago", ""]]);
});
