import { readFileSync } from "node:fs";
import { isProcessAlive } from "@vj/control";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { Rig, gone } from "./rig.ts";

describe("crash and hang", () => {
  it("replaces a worker after kill -9", async () => {
    await using rig = new Rig(["steady"]);
    rig.startManager();
    const before = await rig.running("steady");
    process.kill(before, "SIGKILL");
    const after = await rig.until("steady", "replaced", ({ pid, state }) => state === "running" && pid !== before);
    expect(after).toMatchObject({ enabled: true, running: true, restart_count: 1, adopted: false });
    expect(after.last_exit).toMatchObject({ code: null, signal: "SIGKILL", reason: "killed by SIGKILL" });
    expect(Math.abs((after.last_exit?.at ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    expect(rig.holders("steady")).toEqual([after.pid]);
    expect((await rig.ask("steady", "get_state")).data?.["pid"]).toBe(after.pid);
  });

  it("gives up on a worker that exits at once, and says why", async () => {
    await using rig = new Rig(["exits-at-once"]);
    rig.startManager();
    const failed = await rig.until("exits_at_once", "failed", ({ state }) => state === "failed");
    expect(failed).toMatchObject({ running: false, restart_count: 5, pid: null });
    expect(failed.last_exit).toMatchObject({ code: 1, signal: null, reason: "exit code 1: Error: the moon is not in position" });
    expect(failed.detail).toContain("the moon is not in position");
    expect((failed.next_restart_at ?? 0) - Date.now() / 1000).toBeGreaterThan(20);
    expect(readFileSync(rig.dir.join("bus/logs/process_manager.log"), "utf8")).toContain("FAILED");
    // A human's start works at once, whatever the budget says.
    expect(await rig.ask("process_manager", "start_worker", { worker: "exits_at_once" })).toMatchObject({ success: true });
    expect((await rig.worker("exits_at_once"))?.state).not.toBe("failed");
  });

  it("replaces a worker that hangs", async () => {
    await using rig = new Rig(["steady"], { hang_kill_sec: 4 });
    rig.startManager();
    const before = await rig.running("steady");
    process.kill(before, "SIGSTOP");
    const sick = await rig.until("steady", "unhealthy", ({ state }) => state === "unhealthy");
    expect(sick).toMatchObject({ pid: before, running: true });
    const after = await rig.until("steady", "replaced", ({ pid, state }) => state === "running" && pid !== before);
    expect(after.last_exit?.reason).toBe("hung: no answer for 4 s");
    expect(isProcessAlive(before)).toBe(false);
  });

  it("kills what a worker leaves behind", async () => {
    await using rig = new Rig(["stubborn"]);
    rig.startManager("--only", "stubborn");
    const before = await rig.running("stubborn");
    const helper = Number((await rig.ask("stubborn", "get_state")).data?.["helper"]);
    expect(isProcessAlive(helper)).toBe(true);
    process.kill(before, "SIGKILL");
    await gone(helper);
  });
});

describe("requests", () => {
  it("keeps a stopped worker stopped, also across a restart of the manager", async () => {
    await using rig = new Rig(["steady"]);
    const first = rig.startManager();
    const pid = await rig.running("steady");
    expect(await rig.ask("process_manager", "stop_worker", { worker: "steady" })).toMatchObject({ success: true });
    await gone(pid);
    expect(await rig.worker("steady")).toMatchObject({ state: "stopped", running: false, enabled: true, pid: null, restart_count: 0 });
    await first.kill("SIGTERM");
    rig.startManager();
    expect((await rig.worker("steady"))?.state).toBe("stopped");
    expect(rig.holders("steady")).toEqual([]);
    expect(await rig.ask("process_manager", "start_all")).toMatchObject({ success: true, message: "Started steady" });
    await rig.running("steady");
  });

  it("refuses what makes no sense", async () => {
    await using rig = new Rig(["steady"]);
    rig.startManager();
    const pid = await rig.running("steady");
    const ask = (cmd: string, worker?: string) => rig.ask("process_manager", cmd, worker === undefined ? {} : { worker });
    expect(await ask("start_worker", "steady")).toMatchObject({
      success: false,
      message: `steady is not started: already running (pid ${pid})`,
    });
    expect((await ask("start_worker", "nobody")).message).toMatch(/^unknown worker "nobody"; there are: .*steady/);
    expect(await ask("stop_worker", "nobody")).toMatchObject({ success: false });
    expect(await ask("restart_worker", "nobody")).toMatchObject({ success: false });
    expect(await ask("start_worker")).toMatchObject({ success: false });
    expect(await ask("stop_worker", "steady")).toMatchObject({ success: true, message: "Stopped steady" });
    expect(await ask("stop_worker", "steady")).toMatchObject({ success: false, message: "steady is not stopped: not running" });
  });

  it("restarts one worker, and leaves them alone when it restarts itself", async () => {
    await using rig = new Rig(["steady"]);
    rig.startManager();
    const before = await rig.running("steady");
    expect(await rig.ask("process_manager", "restart")).toMatchObject({ success: true, message: "Restarted" });
    expect(await rig.ask("process_manager", "set_config", { retry_failed_sec: 5 })).toMatchObject({ success: true });
    expect(await rig.running("steady")).toBe(before);
    expect(await rig.ask("process_manager", "restart_worker", { worker: "steady" })).toMatchObject({ success: true });
    expect(await rig.running("steady")).not.toBe(before);
    expect(await rig.worker("steady")).toMatchObject({ restart_count: 0, last_exit: { reason: "restarted by request" } });
  });

  it("starts a worker that is off by default, and remembers it", async () => {
    await using rig = new Rig(["stubborn"]);
    const first = rig.startManager();
    const { workers, total_managed: total } = await rig.state();
    expect(workers["stubborn"]).toMatchObject({ enabled: false, state: "stopped" });
    expect(Object.keys(workers)).toHaveLength(total);
    await rig.ask("process_manager", "start_worker", { worker: "stubborn" });
    const pid = await rig.running("stubborn");
    await first.kill();
    rig.startManager();
    expect(await rig.running("stubborn")).toBe(pid);
    expect(await rig.worker("stubborn")).toMatchObject({ enabled: true, adopted: true });
  });

  it("writes the targets of all workers", async () => {
    await using rig = new Rig([]);
    rig.startManager();
    const targets = [{ name: "a", host: "127.0.0.1", port: 7000, enabled: true }];
    expect(await rig.ask("process_manager", "set_targets", { targets })).toMatchObject({ success: true });
    expect(JSON.parse(readFileSync(rig.dir.join("config/targets.json"), "utf8"))).toMatchObject({ targets });
    expect(await rig.ask("process_manager", "set_targets", { targets: [{ name: "b", port: 0 }] })).toMatchObject({ success: false });
  });
});

describe("adoption", () => {
  it("adopts the workers of a manager that was killed, and restarts them when they die", async () => {
    await using rig = new Rig(["steady"]);
    const first = rig.startManager();
    const pid = await rig.running("steady");
    await first.kill();
    expect(isProcessAlive(pid)).toBe(true);
    rig.startManager();
    expect(await rig.running("steady")).toBe(pid);
    expect(await rig.worker("steady")).toMatchObject({ adopted: true, restart_count: 0 });
    process.kill(pid, "SIGKILL");
    const after = await rig.until("steady", "replaced", (worker) => worker.state === "running" && worker.pid !== pid);
    expect(after).toMatchObject({ adopted: false, restart_count: 1, last_exit: { code: null, signal: null } });
    expect(rig.holders("steady")).toEqual([after.pid]);
  });

  it("replaces an adopted worker that hung already when the manager came", async () => {
    await using rig = new Rig(["steady"]);
    const first = rig.startManager();
    const pid = await rig.running("steady");
    await first.kill();
    process.kill(pid, "SIGSTOP");
    rig.startManager();
    await rig.until("steady", "replaced", (worker) => worker.state === "running" && worker.pid !== pid);
    expect(isProcessAlive(pid)).toBe(false);
  });

  it("shows a worker that it does not know, and can stop but not start it", async () => {
    await using rig = new Rig([]);
    rig.startManager();
    await rig.state();
    const worker = rig.startByHand("steady");
    const seen = await rig.until("steady", "adopted", ({ state }) => state === "running");
    expect(seen).toMatchObject({ adopted: true, enabled: false, pid: worker.pid });
    expect(await rig.ask("process_manager", "restart_worker", { worker: "steady" })).toMatchObject({ success: false });
    expect(await rig.ask("process_manager", "stop_worker", { worker: "steady" })).toMatchObject({ success: true });
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    await waitFor("it to be forgotten", async () => (await rig.worker("steady")) === undefined);
  });

  it("has one manager and one of each worker when two start at once", async () => {
    await using rig = new Rig(["steady"]);
    const managers = [rig.startManager(), rig.startManager()];
    const loser = await Promise.race(managers.map(async (manager) => ({ manager, exit: await manager.exited })));
    expect(loser.exit.code).toBe(3);
    expect(loser.manager.output()).toMatch(/already running \(pid \d+\)/);
    const pid = await rig.running("steady");
    expect(rig.holders("steady")).toEqual([pid]);
    expect(rig.holders("process_manager")).toHaveLength(1);
  });
});

describe("the end of the manager", () => {
  it("stops all workers on SIGTERM, even one that will not", async () => {
    await using rig = new Rig(["steady", "stubborn"]);
    const manager = rig.startManager("--only", "steady,stubborn");
    const pids = [await rig.running("steady"), await rig.running("stubborn")];
    process.kill(manager.pid, "SIGTERM");
    expect(await manager.exited).toEqual({ code: 0, signal: null });
    for (const pid of pids) expect(isProcessAlive(pid)).toBe(false);
  });

  it("leaves the workers with shutdown {keep_workers: true}, and takes them along without", async () => {
    await using rig = new Rig(["steady"]);
    const first = rig.startManager();
    const pid = await rig.running("steady");
    expect(await rig.ask("process_manager", "shutdown", { keep_workers: true })).toMatchObject({ success: true });
    expect((await first.exited).code).toBe(0);
    expect(isProcessAlive(pid)).toBe(true);
    const second = rig.startManager();
    expect(await rig.running("steady")).toBe(pid);
    expect(await rig.ask("process_manager", "shutdown")).toMatchObject({ success: true });
    expect((await second.exited).code).toBe(0);
    expect(isProcessAlive(pid)).toBe(false);
  });
});
