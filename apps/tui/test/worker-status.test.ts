import { workerStats } from "@vj/rig";
import { describe, expect, it } from "vitest";
import { workerStatus } from "../src/rig/worker-status.ts";
import type { WorkerState } from "@vj/schema";
import { heartbeat, managedWorker, manager, noon, rigAfter, running } from "./rig-fixture.ts";
import type { RigEvent } from "./rig-fixture.ts";

const statusOf = (events: RigEvent[], later = 0) => workerStatus("hello", rigAfter(events), noon + later);
const managed = (more: Parameters<typeof managedWorker>[0]): RigEvent[] => manager({ hello: managedWorker(more) });

describe("the status of a worker", () => {
  it("says why what it sends cannot be read, since when, and what to do, while it is connected to again and again", () => {
    const flap: RigEvent[] = [{ type: "unreadable", name: "hello", why: "nested more than 64 deep" }, { type: "disconnected", name: "hello" }, { type: "connected", name: "hello" }];
    expect(statusOf([{ type: "appeared", name: "hello" }, { type: "connected", name: "hello" }, ...flap, ...flap])).toMatchObject({
      sign: "warn",
      word: "unusable",
      detail: expect.stringMatching(/^what it sends cannot be read: nested more than 64 deep; end its process and mend the worker; since \d\d:\d\d:\d\d$/),
    });
  });

  it("is the manager's state, with the countdown", () => {
    const exit = { code: 1, signal: null, reason: "exit code 1", at: noon / 1000, lines: [] };
    expect(statusOf(managed({ state: "starting" }))).toMatchObject({ sign: "busy", word: "starting" });
    expect(statusOf(managed({ state: "backoff", next_restart_at: noon / 1000 + 4, last_exit: exit }), 1000)).toMatchObject({
      sign: "busy",
      word: "backoff",
      now: "restart in 3 s",
      detail: expect.stringMatching(/^exit code 1; since \d\d:\d\d:\d\d$/),
    });
    expect(statusOf(managed({ state: "failed", next_restart_at: noon / 1000 + 43, last_exit: exit }))).toMatchObject({
      sign: "bad",
      word: "failed",
      detail: expect.stringMatching(/^since \d\d:\d\d:\d\d; next try in 43 s; exit code 1$/),
      todo: "r restarts it now",
    });
    expect(statusOf(managed({ state: "failed" })).detail).toContain("not tried again");
    expect(statusOf(managed({ state: "unhealthy", detail: "no answer for 4 s" }))).toMatchObject({ sign: "warn", word: "unhealthy" });
    expect(statusOf(managed({ state: "stopped" }))).toMatchObject({ sign: "off", word: "stopped", detail: "" });
    expect(statusOf(managed({ state: "stopped", stopped_by_request: true }))).toMatchObject({ sign: "off", word: "stopped by you", todo: "s starts it" });
    expect(statusOf(managed({ state: "stopped", enabled: false })).detail).toBe("switched off");
  });

  it("is reconnecting while the manager reports running and there is no connection", () => {
    const lost: RigEvent[] = [...running("hello"), ...managed({}), { type: "disconnected", name: "hello" }];
    expect(statusOf(lost, 400)).toMatchObject({ sign: "busy", word: "reconnecting", detail: expect.stringMatching(/^since [\d:]+$/) });
  });

  it("is the worker's own status when it is connected", () => {
    expect(statusOf([...running("hello"), ...managed({})])).toMatchObject({ sign: "ok", word: "running", detail: "" });
    expect(statusOf([...running("hello", { status: "tuning" }), ...managed({})])).toMatchObject({ sign: "warn", word: "degraded", detail: 'its status is "tuning"' });
  });

  it("is the worker's own condition", () => {
    const says = (condition: NonNullable<WorkerState["condition"]>): RigEvent[] => [...running("hello", { condition }), ...managed({})];
    expect(statusOf(says({ level: "degraded", text: "no sound", since: noon / 1000, todo: "plug it in" }))).toMatchObject({
      sign: "warn", word: "degraded", detail: expect.stringMatching(/^no sound; since [\d:]+$/), todo: "plug it in",
    });
    expect(statusOf(says({ level: "failed", text: "" }))).toMatchObject({ sign: "bad", word: "failed", detail: "without a reason" });
    expect(statusOf(says({ level: "ok", text: "no account", todo: "set one" }))).toMatchObject({ sign: "ok", word: "running", detail: "no account", todo: "set one" });
  });

  it("reports that without a manager nothing restarts an ended process, and how to start one", () => {
    expect(statusOf(running("hello"))).toMatchObject({ sign: "ok", word: "running" });
    expect(statusOf([...running("hello"), { type: "disconnected", name: "hello" }], 12_000)).toMatchObject({
      sign: "bad",
      word: "gone",
      detail: expect.stringMatching(/^its process has ended; nothing restarts it; since [\d:]+$/),
      todo: "w starts a process manager",
    });
    expect(statusOf([])).toMatchObject({ sign: "off", word: "stopped" });
    expect(statusOf([{ type: "appeared", name: "hello" }])).toMatchObject({ word: "connecting" });
  });

  it("shows since when a worker has not answered", () => {
    expect(statusOf([...running("hello"), { type: "silent", name: "hello" }], 3000)).toMatchObject({ sign: "warn", word: "no answer", detail: expect.stringMatching(/^since [\d:]+$/), todo: "w starts a process manager" });
    expect(statusOf([...running("hello"), ...manager({}), { type: "silent", name: "hello" }], 3000)).toMatchObject({ word: "no answer", todo: "end its process if it stays so" });
  });

  it("shows a request at once, and returns when it is withdrawn", () => {
    const asked: RigEvent[] = [...running("hello"), ...managed({}), { type: "pending", name: "hello", verb: "restart" }];
    expect(statusOf(asked)).toMatchObject({ sign: "busy", word: "restarting" });
    expect(statusOf([...asked, { type: "pending", name: "hello", verb: undefined }])).toMatchObject({ word: "running" });
  });
});

describe("the figures of a worker", () => {
  const stats = (events: RigEvent[], later = 0) => {
    const worker = rigAfter(events).workers["hello"];
    if (worker === undefined) throw new Error("no worker");
    return workerStats(worker, noon + later);
  };

  it("come from its heartbeat, and its age goes on", () => {
    const reported = heartbeat("hello", { fps: 60, latency_ms: { p95: 9 }, cpu_percent: 7, rss_mb: 81 });
    expect(stats([...running("hello"), reported], 2000)).toEqual({ fps: 60, latencyP95: 9, cpuPercent: 7, rssMb: 81, uptimeSec: 3602 });
  });

  it("come from its state before the first heartbeat, and are absent when nonsense", () => {
    expect(stats(running("hello", { uptime_sec: 5, stats: { fps: 59 } }))).toMatchObject({ fps: 59, uptimeSec: 5, cpuPercent: undefined });
    expect(stats([...running("hello"), heartbeat("hello", { fps: "fast", latency_ms: [] })])).toMatchObject({ fps: undefined, latencyP95: undefined });
  });
});
