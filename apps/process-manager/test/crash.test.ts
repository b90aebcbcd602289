import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { needs } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { ManagedRig, gone } from "./rig.ts";

describe("crash and hang", () => {
  it("replaces a worker after kill -9", async () => {
    await using rig = new ManagedRig(["steady"]);
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

  it("starts workers also with folders that are relative to where it was started itself", async () => {
    await using rig = new ManagedRig(["steady"]);
    for (const name of ["VJ_BUS_DIR", "VJ_CONFIG_DIR"]) rig.env[name] = path.relative(process.cwd(), rig.env[name] ?? "");
    rig.startManager();
    await rig.running("steady");
    expect(await rig.ask("steady", "set_config", { allow_remote_subscribers: true })).toMatchObject({ success: true });
    for (const file of ["bus/logs/steady.log", "config/steady.json"]) expect(existsSync(rig.dir.join(file))).toBe(true);
  });

  it("gives up on a worker that exits at once, with the reason", async () => {
    await using rig = new ManagedRig(["exits-at-once"]);
    rig.startManager();
    const failed = await rig.until("exits_at_once", "failed", ({ state }) => state === "failed");
    expect(failed).toMatchObject({ running: false, restart_count: 5, pid: null });
    expect(failed.last_exit).toMatchObject({ code: 1, signal: null, reason: "exit code 1: Error: the moon is not in position" });
    expect(failed.last_exit?.lines.join("\n")).toContain("Error: the moon is not in position");
    expect(failed.detail).toContain("the moon is not in position");
    expect((failed.next_restart_at ?? 0) - Date.now() / 1000).toBeGreaterThan(20);
    expect(readFileSync(rig.dir.join("bus/logs/process_manager.log"), "utf8")).toContain("FAILED");
    // A human's start works at once, whatever the budget is.
    expect(await rig.ask("process_manager", "start_worker", { worker: "exits_at_once" })).toMatchObject({ success: true });
    expect((await rig.worker("exits_at_once"))?.state).not.toBe("failed");
  });

  it("replaces a worker that hangs", async () => {
    await using rig = new ManagedRig(["steady"], { hang_kill_sec: 4 });
    rig.startManager();
    const before = await rig.running("steady");
    process.kill(before, "SIGSTOP");
    const sick = await rig.until("steady", "unhealthy", ({ state }) => state === "unhealthy");
    expect(sick).toMatchObject({ pid: before, running: true });
    const after = await rig.until("steady", "replaced", ({ pid, state }) => state === "running" && pid !== before);
    expect(after.last_exit?.reason).toBe("hung: no answer for 4 s");
    expect(isProcessAlive(before)).toBe(false);
  });

  it("kills processes that a worker leaves behind", async () => {
    await using rig = new ManagedRig(["stubborn"]);
    rig.startManager("--only", "stubborn");
    const before = await rig.running("stubborn");
    const { helper, session } = (await rig.ask("stubborn", "get_state")).data ?? {};
    expect([Number(helper), Number(session)].map(isProcessAlive)).toEqual([true, true]);
    process.kill(before, "SIGKILL");
    await gone(Number(helper));
    await gone(Number(session));
  });

  it("kills also a process that a worker started just before it died", needs("proc"), async () => {
    await using rig = new ManagedRig(["stubborn"]);
    rig.startManager("--only", "stubborn");
    await rig.running("stubborn");
    const { pid } = (await rig.ask("stubborn", "hatch")).data ?? {};
    expect(Number(pid)).toBeGreaterThan(1);
    await gone(Number(pid));
  });
});
