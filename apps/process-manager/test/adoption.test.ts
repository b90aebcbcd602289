import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { needs, spawnNode, waitFor } from "@vj/test-kit";
import type { TestProcess } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { ManagedRig, gone } from "./rig.ts";

describe("adoption", () => {
  it("adopts the workers of a manager that was killed, and restarts them when they die", async () => {
    await using rig = new ManagedRig(["steady"]);
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

  for (const [source, capability] of [["", "linux"], ["ps", "ps"]] as const) {
    it(`replaces an adopted worker that hung already when the manager came, with its children${source && ", known by ps"}`, needs(capability), async () => {
      await using rig = new ManagedRig(["stubborn"], { hang_kill_sec: 4 });
      rig.env["VJ_PROCESS_FACTS"] = source;
      const first = rig.startManager("--only", "stubborn");
      const pid = await rig.running("stubborn");
      const { helper, session } = (await rig.ask("stubborn", "get_state")).data ?? {};
      await first.kill();
      process.kill(pid, "SIGSTOP");
      expect([pid, Number(helper), Number(session)].map(isProcessAlive)).toEqual([true, true, true]);
      rig.startManager("--only", "stubborn");
      await rig.until("stubborn", "replaced", (worker) => worker.state === "running" && worker.pid !== pid);
      expect(isProcessAlive(pid)).toBe(false);
      await gone(Number(helper));
      await gone(Number(session));
    });
  }

  it("kills what a worker left behind that died while no manager ran", needs("linux"), async () => {
    await using rig = new ManagedRig(["stubborn"]);
    const first = rig.startManager("--only", "stubborn");
    const pid = await rig.running("stubborn");
    const { helper, session } = (await rig.ask("stubborn", "get_state")).data ?? {};
    // In a session of its own it would be taken for a daemon.
    process.kill(Number(session), "SIGKILL");
    await first.kill();
    process.kill(pid, "SIGKILL");
    await gone(pid);
    expect(isProcessAlive(Number(helper))).toBe(true);
    rig.startManager("--only", "stubborn");
    await gone(Number(helper));
  });

  it("adopts a worker that never claimed its name, and starts no second one", async () => {
    await using rig = new ManagedRig(["mute"]);
    const first = rig.startManager();
    const { pid } = await rig.until("mute", "started", ({ pid: started }) => started !== null);
    await first.kill();
    const second = rig.startManager();
    expect(await rig.until("mute", "adopted", ({ adopted }) => adopted)).toMatchObject({ pid });
    process.kill(second.pid, "SIGTERM");
    expect((await second.exited).code).toBe(0);
    expect(isProcessAlive(pid ?? 0)).toBe(false);
    expect(readdirSync(rig.dir.join("bus")).filter((entry) => /\.(?:child|lock)$/.test(entry))).toEqual([]);
  });

  it("adopts the process that the system shows, whatever pid it claims, and kills no other", needs("proc"), async () => {
    await using rig = new ManagedRig([]);
    rig.startManager();
    await rig.state();
    await using liar = spawnNode([path.join(import.meta.dirname, "fixtures/liar.mjs")], { ...rig.env, CLAIM: String(process.pid) });
    const seen = await rig.until("liar", "adopted", ({ state }) => state === "running");
    expect(seen).toMatchObject({ adopted: true, pid: liar.pid });
    expect(await rig.ask("process_manager", "stop_worker", { worker: "liar" })).toMatchObject({ success: true });
    expect(await liar.exited).toEqual({ code: null, signal: "SIGTERM" });
    // It left its socket behind and does not remove it itself.
    await waitFor("its socket to be removed", () => !existsSync(rig.dir.join("bus/liar.sock")));
  });

  it("shows a foreign worker, and can stop but not start it", async () => {
    await using rig = new ManagedRig([]);
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

  it("removes the socket of a foreign worker that has died, whether the manager saw it or not", async () => {
    await using rig = new ManagedRig([]);
    const socket = rig.dir.join("bus", "steady.sock");
    const die = async (worker: TestProcess): Promise<void> => {
      await waitFor("its socket", () => existsSync(socket));
      await worker.kill("SIGKILL");
    };
    await die(rig.startByHand("steady"));
    expect(existsSync(socket)).toBe(true);
    rig.startManager();
    await rig.state();
    await waitFor("the earlier socket to be removed", () => !existsSync(socket));
    const worker = rig.startByHand("steady");
    await rig.until("steady", "adopted", ({ state }) => state === "running");
    await die(worker);
    await waitFor("the socket to be removed", () => !existsSync(socket));
  });

  it("has one manager and one of each worker when two start at once", async () => {
    await using rig = new ManagedRig(["steady"]);
    const managers = [rig.startManager(), rig.startManager()];
    const loser = await Promise.race(managers.map(async (manager) => ({ manager, exit: await manager.exited })));
    expect(loser.exit.code).toBe(3);
    expect(loser.manager.output()).toMatch(/already running \(pid \d+\)/);
    const pid = await rig.running("steady");
    expect(rig.holders("steady")).toEqual([pid]);
    expect(rig.holders("process_manager")).toHaveLength(1);
  });
});
