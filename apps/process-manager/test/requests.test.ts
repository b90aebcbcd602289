import { mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { isProcessAlive } from "@vj/control";
import { describe, expect, it } from "vitest";
import { ManagedRig } from "./rig.ts";

describe("requests", () => {
  it("keeps a stopped worker stopped, also across a restart of the manager", async () => {
    await using rig = new ManagedRig(["steady"]);
    const first = rig.startManager();
    const pid = await rig.running("steady");
    expect(await rig.ask("process_manager", "stop_worker", { worker: "steady" })).toMatchObject({ success: true });
    const stopped = await rig.until("steady", "stopped", ({ state }) => state === "stopped");
    expect(isProcessAlive(pid)).toBe(false);
    expect(stopped).toMatchObject({ running: false, enabled: true, pid: null, restart_count: 0 });
    await first.kill("SIGTERM");
    rig.startManager();
    expect((await rig.worker("steady"))?.state).toBe("stopped");
    expect(rig.holders("steady")).toEqual([]);
    expect(await rig.ask("process_manager", "start_all")).toMatchObject({ success: true, message: "Started steady" });
    await rig.running("steady");
  });

  it("refuses requests that make no sense", async () => {
    await using rig = new ManagedRig(["steady"]);
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
    expect(await ask("stop_worker", "steady")).toMatchObject({ success: true });
    await rig.until("steady", "stopped", ({ state }) => state === "stopped");
    expect(await ask("stop_worker", "steady")).toMatchObject({ success: false, message: "steady is not stopped: not running" });
  });

  it("restarts one worker, and leaves the workers alone when it restarts itself", async () => {
    await using rig = new ManagedRig(["steady"]);
    rig.startManager();
    const before = await rig.running("steady");
    expect(await rig.ask("process_manager", "restart")).toMatchObject({ success: true, message: "Restarted" });
    expect(await rig.ask("process_manager", "set_config", { retry_failed_sec: 5 })).toMatchObject({ success: true });
    expect(await rig.running("steady")).toBe(before);
    expect(await rig.ask("process_manager", "restart_worker", { worker: "steady" })).toMatchObject({ success: true });
    expect(await rig.running("steady")).not.toBe(before);
    expect(await rig.worker("steady")).toMatchObject({ restart_count: 0, last_exit: { reason: "restarted by request" } });
  });

  it("starts a worker that is off by default, and saves that", async () => {
    await using rig = new ManagedRig(["stubborn"]);
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

  it("are carried out although they cannot be saved, and are saved later", async () => {
    await using rig = new ManagedRig(["steady", "stubborn"]);
    rig.startManager("--only", "steady,stubborn");
    await rig.running("steady");
    await rig.running("stubborn");
    const file = rig.dir.join("config/process_manager.json");
    renameSync(file, `${file}.before`);
    mkdirSync(file);
    const ask = (cmd: string, worker: string) => rig.ask("process_manager", cmd, { worker });
    const unsaved = { success: true, message: expect.stringMatching(/; not kept for the next start: .*process_manager\.json/) };
    expect(await ask("stop_worker", "steady")).toMatchObject(unsaved);
    expect(await ask("restart_worker", "stubborn")).toMatchObject(unsaved);
    expect(await rig.worker("steady")).toMatchObject({ running: false, detail: "stopped by you" });
    expect((await rig.state())["condition"]).toMatchObject({ level: "degraded", text: expect.stringContaining("not kept for the next start") });
    rmdirSync(file);
    renameSync(`${file}.before`, file);
    expect(await ask("restart_worker", "stubborn")).toMatchObject({ success: true, message: expect.not.stringContaining("not kept") });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ stopped: ["steady"] });
    expect((await rig.state())["condition"]).toBeUndefined();
  });

  it("saves two simultaneous requests", async () => {
    await using rig = new ManagedRig(["steady", "stubborn"]);
    rig.startManager("--only", "steady,stubborn");
    await rig.running("steady");
    await rig.running("stubborn");
    const replies = await Promise.all(
      ["steady", "stubborn"].map((worker) => rig.ask("process_manager", "stop_worker", { worker })),
    );
    expect(replies.map(({ success }) => success)).toEqual([true, true]);
    const saved = JSON.parse(readFileSync(rig.dir.join("config/process_manager.json"), "utf8"));
    expect(saved.stopped.sort()).toEqual(["steady", "stubborn"]);
  });

  it("writes the targets of all workers", async () => {
    await using rig = new ManagedRig([]);
    rig.startManager();
    const targets = [{ name: "a", host: "127.0.0.1", port: 7000, enabled: true }];
    expect(await rig.ask("process_manager", "set_targets", { targets })).toMatchObject({ success: true });
    expect(JSON.parse(readFileSync(rig.dir.join("config/targets.json"), "utf8"))).toMatchObject({ targets });
    expect(await rig.ask("process_manager", "set_targets", { targets: [{ name: "b", port: 0 }] })).toMatchObject({ success: false });
    // An unknown key is named with its place, at the top level and in a target.
    expect(await rig.ask("process_manager", "set_targets", { targets: [{ name: "b", port: 7001, enable: false }] })).toMatchObject({
      success: false,
      message: expect.stringMatching(/targets\.0: .*"enable"/),
    });
    expect(await rig.ask("process_manager", "set_targets", { targets, keep: true })).toMatchObject({ success: false, message: expect.stringContaining('"keep"') });
    expect(JSON.parse(readFileSync(rig.dir.join("config/targets.json"), "utf8"))).toEqual({ targets });
    // An unreadable file is not lost when it is replaced.
    writeFileSync(rig.dir.join("config/targets.json"), '{"targets": [{"name": "by ha');
    const reply = await rig.ask("process_manager", "set_targets", { targets });
    expect(reply).toMatchObject({ success: true, message: expect.stringMatching(/^1 target saved; .*the old file is kept as/) });
    expect(readdirSync(rig.dir.join("config")).filter((entry) => entry.startsWith("targets.json.bad-"))).toHaveLength(1);
    expect(JSON.parse(readFileSync(rig.dir.join("config/targets.json"), "utf8"))).toMatchObject({ targets });
  });
});
