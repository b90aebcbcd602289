import { serve, socketPath } from "@vj/control";
import type { ReplyMessage } from "@vj/control";
import type { Command, ManagedWorker } from "@vj/schema";
import { tempDir } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { currentManagerState, findOpenManager, startAll, startManager, stopAll, waitForWorkers, withManager } from "../src/manager/index.ts";

const row = (state: ManagedWorker["state"], restarts = 0): ManagedWorker => ({
  ...{ enabled: true, running: state === "running", restart_count: restarts, last_heartbeat: null, state, pid: 4711, adopted: false },
  ...{ last_exit: null, next_restart_at: null, stopped_by_request: false, condition: null, detail: "" },
});

interface FakeManager {
  readonly busDir: string;
  readonly asked: string[];
  workers: Record<string, ManagedWorker>;
  closing: boolean;
  start(): Promise<void>;
}

/** A manager with replies chosen by the test. */
function fakeManager(onCommand: (command: Command) => ReplyMessage | undefined = () => undefined): FakeManager {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const fake: FakeManager = {
    busDir: dir.join("bus"),
    asked: [],
    workers: { lamp: row("running") },
    closing: false,
    async start() {
      const server = await serve({
        path: socketPath("process_manager", fake.busDir),
        onCommand: (command) => {
          fake.asked.push(command.cmd);
          const data = { status: "running", pid: 7, workers: fake.workers, total_managed: Object.keys(fake.workers).length, closing: fake.closing };
          return onCommand(command) ?? { type: "ack", success: true, message: null, data };
        },
      });
      onTestFinished(() => server.close());
    },
  };
  return fake;
}

it("without a manager, nothing is asked", async () => {
  const { busDir } = fakeManager();
  expect(await currentManagerState(busDir)).toBeUndefined();
  await expect(withManager(busDir, startAll)).rejects.toMatchObject({ code: "no_manager" });
});

it("a manager that is shutting down counts as none", async () => {
  const fake = fakeManager();
  await fake.start();
  await (await findOpenManager(fake.busDir))?.close();
  fake.closing = true;
  expect(await findOpenManager(fake.busDir)).toBeUndefined();
});

it("a refusal is an error with the manager's reason", async () => {
  const fake = fakeManager(({ cmd }) => (cmd === "start_all" ? { type: "ack", success: false, message: "not now", data: null } : undefined));
  await fake.start();
  await expect(withManager(fake.busDir, startAll)).rejects.toMatchObject({ code: "refused", message: "not now" });
});

it("workers are waited for until they answer, or are hopeless; an unknown name is refused", async () => {
  const fake = fakeManager();
  fake.workers = { lamp: row("running"), fan: row("failed"), moth: row("backoff", 2), off: row("stopped") };
  await fake.start();
  const { running, missing } = await withManager(fake.busDir, (manager) => waitForWorkers(manager, undefined, 60_000));
  expect([running, missing]).toEqual([["lamp"], ["fan", "moth"]]);
  await expect(withManager(fake.busDir, (manager) => waitForWorkers(manager, ["nobody"], 60_000))).rejects.toMatchObject({
    code: "unknown_worker",
    hint: "there are: lamp, fan, moth, off",
  });
  fake.workers = { lamp: row("starting") };
  expect(await withManager(fake.busDir, (manager) => waitForWorkers(manager, undefined, 0))).toMatchObject({ running: [], missing: ["lamp"] });
});

it("all workers are stopped, and those that ran are named", async () => {
  const fake = fakeManager(({ cmd }) => {
    if (cmd === "stop_all") fake.workers = { lamp: row("stopped") };
    return undefined;
  });
  await fake.start();
  expect(await withManager(fake.busDir, stopAll)).toEqual(["lamp"]);
});

it("a manager is started once; its output gives the reason when it ends", async () => {
  const fake = fakeManager();
  let launched = 0;
  const manager = await startManager(fake.busDir, () => {
    launched += 1;
    void fake.start();
    return { ended: () => undefined, lastWords: () => Promise.resolve("") };
  });
  await manager.close();
  expect(launched).toBe(1);
  const broken = fakeManager();
  const launch = () => ({ ended: () => "exit code 1", lastWords: () => Promise.resolve("no disk") });
  await expect(startManager(broken.busDir, launch)).rejects.toMatchObject({ code: "not_started", message: "the process manager ended (exit code 1): no disk" });
});

it("a starter that found the name taken does not fail: it uses the other manager once that answers", async () => {
  const fake = fakeManager();
  let launched = 0;
  const manager = await startManager(fake.busDir, () => {
    launched += 1;
    if (launched === 2) void fake.start();
    return { ended: () => "exit code 3", lastWords: () => Promise.resolve("") };
  });
  await manager.close();
  expect(launched).toBeGreaterThanOrEqual(2);
});
