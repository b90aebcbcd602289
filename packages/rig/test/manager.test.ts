import { setImmediate as turn } from "node:timers/promises";
import { serve, socketPath } from "@vj/control";
import type { ReplyMessage } from "@vj/control";
import { limits } from "@vj/schema";
import type { Command, ManagedWorker } from "@vj/schema";
import { tempDir } from "@vj/test-kit";
import { expect, it, onTestFinished, vi } from "vitest";
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
function fakeManager(onCommand: (command: Command) => ReplyMessage | Promise<never> | undefined = () => undefined): FakeManager {
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
  expect(await currentManagerState({ busDir })).toBeUndefined();
  await expect(withManager(startAll, { busDir })).rejects.toMatchObject({ code: "no_manager" });
});

it("a manager whose state has another form is reported with a code", async () => {
  const fake = fakeManager(({ cmd }) => (cmd === "get_state" ? { type: "ack", success: true, message: null, data: { workers: 7 } } : undefined));
  await fake.start();
  await expect(currentManagerState(fake)).rejects.toMatchObject({ name: "RigError", code: "bad_answer", message: expect.stringContaining("workers") });
});

it("a manager that is shutting down counts as none", async () => {
  const fake = fakeManager();
  await fake.start();
  await (await findOpenManager(fake))?.close();
  fake.closing = true;
  expect(await findOpenManager(fake)).toBeUndefined();
});

it("a refusal is an error with the manager's reason", async () => {
  const fake = fakeManager(({ cmd }) => (cmd === "start_all" ? { type: "ack", success: false, message: "not now", data: null } : undefined));
  await fake.start();
  await expect(withManager(startAll, fake)).rejects.toMatchObject({ code: "refused", message: "not now" });
});

it("workers are waited for until they answer, or are hopeless; an unknown name is refused", async () => {
  const fake = fakeManager();
  fake.workers = { lamp: row("running"), fan: row("failed"), moth: row("backoff", 2), off: row("stopped") };
  await fake.start();
  const { running, missing } = await withManager((manager) => waitForWorkers(manager, undefined, { timeoutMs: 60_000 }), fake);
  expect([running, missing]).toEqual([["lamp"], ["fan", "moth"]]);
  await expect(withManager((manager) => waitForWorkers(manager, ["nobody"], { timeoutMs: 60_000 }), fake)).rejects.toMatchObject({
    code: "unknown_worker",
    hint: "there are: lamp, fan, moth, off",
  });
  fake.workers = { lamp: row("starting") };
  expect(await withManager((manager) => waitForWorkers(manager, undefined, { timeoutMs: 0 }), fake)).toMatchObject({ running: [], missing: ["lamp"] });
});

it("all workers are stopped, and those that ran are named", async () => {
  const fake = fakeManager(({ cmd }) => {
    if (cmd === "stop_all") fake.workers = { lamp: row("stopped") };
    return undefined;
  });
  await fake.start();
  expect(await withManager(stopAll, fake)).toMatchObject({ stopped: ["lamp"], state: { workers: { lamp: { running: false } } } });
});

it("a manager is started once; its output gives the reason when it ends", async () => {
  const fake = fakeManager();
  let launched = 0;
  const manager = await startManager(() => {
    launched += 1;
    void fake.start();
    return { ended: () => undefined, lastWords: () => Promise.resolve("") };
  }, fake);
  await manager.close();
  expect(launched).toBe(1);
  const broken = fakeManager();
  const launch = () => ({ ended: () => "exit code 1", lastWords: () => Promise.resolve("no disk") });
  await expect(startManager(launch, broken)).rejects.toMatchObject({ code: "not_started", message: "the process manager ended (exit code 1): no disk" });
});

it("a starter that found the name taken does not fail: it uses the other manager once that answers", async () => {
  const fake = fakeManager();
  let launched = 0;
  const manager = await startManager(() => {
    launched += 1;
    if (launched === 2) void fake.start();
    return { ended: () => "exit code 3", lastWords: () => Promise.resolve("") };
  }, fake);
  await manager.close();
  expect(launched).toBeGreaterThanOrEqual(2);
});

it("a manager that is too busy to answer at first is waited for", async () => {
  let asked = 0;
  const fake = fakeManager(() => {
    asked += 1;
    return asked === 1 ? new Promise<never>(() => {}) : undefined;
  });
  await fake.start();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  const starting = startManager(() => expect.unreachable("one runs already"), fake);
  while (asked < 1) await turn();
  vi.advanceTimersByTime(limits.slowReplyMs + 1);
  while (asked < 2) await turn();
  vi.useRealTimers();
  await (await starting).close();
  expect(asked).toBe(2);
});

it("a signal ends every wait, and what was requested goes on", async () => {
  const fake = fakeManager();
  const launch = () => ({ ended: () => undefined, lastWords: () => Promise.resolve("") });
  await expect(startManager(launch, { busDir: fake.busDir, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: "aborted" });
  fake.workers = { lamp: row("starting") };
  await fake.start();
  const { busDir } = fake;
  await expect(withManager((manager) => startAll(manager, { signal: AbortSignal.timeout(50) }), { busDir })).rejects.toMatchObject({ code: "aborted" });
  fake.workers = { lamp: row("running") };
  await expect(withManager((manager) => stopAll(manager, { signal: AbortSignal.timeout(50) }), { busDir })).rejects.toMatchObject({ code: "aborted" });
  await expect(withManager((manager) => stopAll(manager), { busDir, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  expect(fake.asked).toContain("start_all");
});
