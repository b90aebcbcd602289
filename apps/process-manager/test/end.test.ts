import { isProcessAlive } from "@vj/control";
import { describe, expect, it } from "vitest";
import { Rig } from "./rig.ts";

describe("the end of the manager", () => {
  it("stops all workers on SIGTERM, even one that will not", async () => {
    await using rig = new Rig(["steady", "stubborn"]);
    const manager = rig.startManager("--only", "steady,stubborn");
    const pids = [await rig.running("steady"), await rig.running("stubborn")];
    process.kill(manager.pid, "SIGTERM");
    expect(await manager.exited).toEqual({ code: 0, signal: null });
    for (const pid of pids) expect(isProcessAlive(pid)).toBe(false);
  });

  it("leaves the workers with shutdown {keep_workers: true}, and stops them without", async () => {
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
