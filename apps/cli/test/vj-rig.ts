import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { connect, isProcessAlive } from "@vj/control";
import { findWorkers } from "@vj/process-manager";
import { managerStateSchema } from "@vj/schema";
import type { ManagedWorker, WorkerPhase } from "@vj/schema";
import { killProcesses, spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir, TestProcess } from "@vj/test-kit";

const home = fileURLToPath(new URL("..", import.meta.url));
export const vjProgram = path.join(home, "bin", "vj.js");

/** How a `vj` command ended, and what it printed. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A separate bus, configuration and log folder, and `vj` on it; all its processes are ended with the scope. */
export class VjRig implements AsyncDisposable {
  readonly dir: TempDir = tempDir();
  readonly env: Record<string, string>;
  /** Working directory of `vj`; undefined: ours. */
  cwd: string | undefined;
  readonly #running: TestProcess[] = [];

  /** @param workers fixtures to supervise; the workers of the checkout are disabled. */
  constructor(...workers: string[]) {
    this.env = {
      ...tempEnvironment(this.dir),
      VJ_OSC_TARGETS: "127.0.0.1:9",
      VJ_WORKERS: workers.map((name) => path.join(home, "test/fixtures", name)).join(path.delimiter),
      CI: "true",
    };
    mkdirSync(this.dir.join("config"));
    const disabled = [...findWorkers({ named: [] }).programs.keys()];
    writeFileSync(this.dir.join("config", "process_manager.json"), JSON.stringify({ disabled }));
  }

  /** Runs `vj` to its end. */
  run(...args: string[]): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [vjProgram, ...args], { env: { ...process.env, ...this.env }, stdio: ["ignore", "pipe", "pipe"], cwd: this.cwd });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  /** Starts `vj` for as long as the test needs it. */
  start(...args: string[]): TestProcess {
    const started = spawnNode([vjProgram, ...args], this.env);
    this.#running.push(started);
    return started;
  }

  /** The manager's row for one worker. */
  async worker(name: string): Promise<ManagedWorker | undefined> {
    const manager = await connect("process_manager", { busDir: this.dir.join("bus"), reconnect: false });
    const reply = await manager.request("get_state", {}, { timeoutMs: 20_000 }).finally(() => manager.close());
    return managerStateSchema.parse(reply.data).workers[name];
  }

  /** Waits until a worker is in this state. @returns its pid. */
  async until(name: string, state: WorkerPhase): Promise<number | null> {
    const found = await waitFor(`${name} to be ${state}`, async () => {
      const worker = await this.worker(name);
      return worker?.state === state ? worker : undefined;
    }, 40_000);
    return found.pid;
  }

  /** The processes that hold this name, or any name, on this bus. */
  pids(name = ""): number[] {
    const folder = this.dir.join("bus");
    try {
      const locks = readdirSync(folder).filter((entry) => entry.startsWith(name) && entry.endsWith(".lock"));
      return locks.map((entry) => Number(entry.split(".")[1])).filter((pid) => isProcessAlive(pid));
    } catch {
      // Nothing was started yet.
      return [];
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.#running) await process[Symbol.asyncDispose]();
    if (this.pids().length > 0) await this.run("down");
    killProcesses(this.dir);
    this.dir.remove();
  }
}
