import type { RigEvent } from "@vj/rig";
import { describe, expect, it } from "vitest";
import { isOnlyFigures } from "../src/rig/only-figures.ts";
import { show } from "./rig-fixture.ts";

const { rig } = show;
const name = "audio_analyzer";
const state = rig.workers[name]?.state;
if (state === undefined || rig.managed === undefined) throw new Error("the fixture has no analyzer");
const { managed } = rig;
const event = (more: Record<string, unknown>): RigEvent => ({ type: "state", name, state: { ...state, ...more } });
const listed = (workers: typeof managed): RigEvent => ({ type: "managed", state: { status: "running", pid: 1, total_managed: Object.keys(workers).length, workers }, problems: [] });

describe("newer figures of what is known", () => {
  it("bring no picture of their own", () => {
    expect(isOnlyFigures(rig, event({ stats: { fps: 59 }, config: { gain: 2 } }))).toBe(true);
    expect(isOnlyFigures(rig, listed(managed))).toBe(true);
    expect(isOnlyFigures(rig, { type: "heartbeat", name, heartbeat: { type: "heartbeat", worker: name, pid: 1, uptime_sec: 1, stats: {} } as never })).toBe(true);
  });

  it.each([
    ["another condition", event({ condition: { level: "degraded", text: "no device" } })],
    ["another status", event({ status: "stopping" })],
    ["another process", event({ pid: state.pid + 1 })],
    ["the first state", { type: "state", name: "unknown", state }],
    ["a worker that restarts", listed({ ...managed, [name]: { ...managed[name], state: "backoff" } as never })],
    ["a worker more", listed({ ...managed, more: managed[name] as never })],
    ["a lost connection", { type: "disconnected", name }],
  ] satisfies [string, RigEvent][])("%s is shown at once", (_what, changed) => {
    expect(isOnlyFigures(rig, changed)).toBe(false);
  });

  it("the first answer of a worker that was silent is shown at once", () => {
    const silent = { ...rig, workers: { ...rig.workers, [name]: { ...rig.workers[name], silentSince: 1 } as never } };
    expect(isOnlyFigures(silent, event({}))).toBe(false);
  });
});
