import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connect, identify, isProcessAlive, killTree } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { managerStateSchema } from "@vj/schema";
import type { ManagedWorker, ManagerState, Reply } from "@vj/schema";
import { killProcesses, spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir, TestProcess } from "@vj/test-kit";
import { findWorkers, homeFolder } from "../src/find-workers.ts";

const fixtures = path.join(homeFolder, "test/fixtures");

/** A separate bus with a real manager on it; all its processes are ended with the scope. */
export class ManagedRig implements AsyncDisposable {
  readonly dir: TempDir = tempDir();
  readonly env: Record<string, string>;
  readonly #managers: TestProcess[] = [];

  /** @param config settings of the manager; the workers of the checkout are disabled. */
  constructor(workers: string[], config: Record<string, unknown> = {}) {
    this.env = {
      ...tempEnvironment(this.dir),
      VJ_OSC_TARGETS: "",
      VJ_WORKERS: workers.map((name) => path.join(fixtures, name)).join(path.delimiter),
    };
    const disabled = [...findWorkers({ named: [] }).programs.keys()];
    mkdirSync(this.dir.join("config"));
    writeFileSync(this.dir.join("config", "process_manager.json"), JSON.stringify({ disabled, ...config }));
  }

  startManager(...args: string[]): TestProcess {
    const manager = spawnNode([path.join(homeFolder, "bin/process-manager.js"), ...args], this.env);
    this.#managers.push(manager);
    return manager;
  }

  /** Starts a worker as a human would in a shell. */
  startByHand(fixture: string): TestProcess {
    const worker = spawnNode([path.join(fixtures, fixture, "main.mjs")], this.env);
    this.#managers.push(worker);
    return worker;
  }

  async connect(name: string): Promise<ControlClient> {
    const attempt = () => connect(name, { busDir: this.dir.join("bus"), reconnect: false });
    try {
      return await waitFor(`${name} to accept connections`, attempt);
    } catch (error) {
      const printed = this.#managers.map((manager) => manager.output()).join("\n");
      throw new Error(`no process serves ${name}; the managers printed:\n${printed}`, { cause: error });
    }
  }

  async ask(name: string, cmd: string, args: Record<string, unknown> = {}): Promise<Reply> {
    const client = await this.connect(name);
    try {
      return await client.request(cmd, args, { timeoutMs: 20_000 });
    } finally {
      await client.close();
    }
  }

  async state(): Promise<ManagerState> {
    return managerStateSchema.parse((await this.ask("process_manager", "get_state")).data);
  }

  async worker(name: string): Promise<ManagedWorker | undefined> {
    return (await this.state()).workers[name];
  }

  /** Waits until the manager reports this state of a worker. */
  until(name: string, what: string, holds: (worker: ManagedWorker) => boolean): Promise<ManagedWorker> {
    return waitFor(`${name}: ${what}`, async () => {
      const worker = await this.worker(name);
      return worker !== undefined && holds(worker) ? worker : undefined;
    }, 40_000);
  }

  async running(name: string): Promise<number> {
    const { pid } = await this.until(name, "running", ({ state }) => state === "running");
    if (pid === null) throw new Error(`${name} runs without a pid`);
    return pid;
  }

  /** The live processes that hold a name on this bus, by their lock files. */
  holders(name: string): number[] {
    return readdirSync(this.dir.join("bus"))
      .filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".lock"))
      .map((entry) => Number(entry.split(".")[1]))
      .filter((pid) => isProcessAlive(pid));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // In order: a manager killed while it starts a worker leaves a process that is not recorded yet.
    for (const manager of this.#managers) await manager.kill("SIGTERM");
    for (const entry of readdirSync(this.dir.path).includes("bus") ? readdirSync(this.dir.join("bus")) : []) {
      const pid = Number(entry.split(".")[1]);
      const owner = entry.endsWith(".lock") ? identify(pid) : undefined;
      if (owner !== undefined) killTree(owner);
    }
    killProcesses(this.dir);
    this.dir.remove();
  }
}

/** Waits until a process has ended. */
export function gone(pid: number): Promise<true> {
  return waitFor(`the end of ${pid}`, () => !isProcessAlive(pid) || undefined);
}
