import { readFileSync } from "node:fs";
import { isProcessAlive } from "@vj/control";
import { needs, waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { ManagedRig } from "./rig.ts";

describe("the end of the manager", () => {
  it("stops all workers on SIGTERM, even one that will not", async () => {
    await using rig = new ManagedRig(["steady", "stubborn"]);
    const manager = rig.startManager("--only", "steady,stubborn");
    const pids = [await rig.running("steady"), await rig.running("stubborn")];
    process.kill(manager.pid, "SIGTERM");
    expect(await manager.exited).toEqual({ code: 0, signal: null });
    for (const pid of pids) expect(isProcessAlive(pid)).toBe(false);
  });

  it("ends also an orphan that a worker started while it was to stop", needs("proc"), async () => {
    await using rig = new ManagedRig(["stubborn"]);
    const file = (rig.env["TEST_LATE_PID"] = rig.dir.join("late.pid"));
    const manager = rig.startManager("--only", "stubborn");
    await rig.running("stubborn");
    process.kill(manager.pid, "SIGTERM");
    expect((await manager.exited).code).toBe(0);
    const late = Number(readFileSync(file, "utf8"));
    expect(late).toBeGreaterThan(1);
    await waitFor("the end of the orphan", () => !isProcessAlive(late));
  });

  it("leaves the workers with shutdown {keep_workers: true}, and stops them without", async () => {
    await using rig = new ManagedRig(["steady"]);
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
