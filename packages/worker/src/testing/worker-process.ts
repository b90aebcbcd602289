import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { connect, socketPath } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { WorkerError } from "../errors.ts";

/** Limit of every wait of the suite, milliseconds: the suite checks behaviour, not speed on a busy machine. */
export const patienceMs = 20_000;

/** Limit of an orderly end, milliseconds. */
const orderlyEndMs = 5000;

/** How a worker is started for the conformance suite. */
export interface WorkerCommand {
  /** The program and its arguments, for example `[process.execPath, "bin/my-worker.js"]`. */
  command: readonly [string, ...string[]];
  /** Variables beside the suite's own (bus, configuration, data and cache directory, no targets). */
  env?: Readonly<Record<string, string>>;
  /** How long it may take until it listens, milliseconds; 20,000 by default. */
  patienceMs?: number;
}

/** A worker under test: a real process on a bus directory of its own. */
export class WorkerProcess {
  readonly dir: string;
  readonly name: string;
  readonly #how: WorkerCommand;
  #child: ChildProcess | undefined;
  #clients: ControlClient[] = [];
  #output = "";

  private constructor(dir: string, name: string, how: WorkerCommand) {
    this.dir = dir;
    this.name = name;
    this.#how = how;
  }

  /** Creates the directory; starts nothing. The path is short because socket paths are limited to 103 bytes. */
  static async prepare(name: string, how: WorkerCommand): Promise<WorkerProcess> {
    const worker = new WorkerProcess(await mkdtemp("/tmp/vj-c-"), name, how);
    await mkdir(worker.configDir);
    await writeFile(path.join(worker.configDir, "targets.json"), '{ "targets": [] }');
    return worker;
  }

  get busDir(): string {
    return path.join(this.dir, "bus");
  }

  get configDir(): string {
    return path.join(this.dir, "config");
  }

  get socket(): string {
    return socketPath(this.name, this.busDir);
  }

  /** Starts another process of this worker. */
  spawn(): ChildProcess {
    const [program, ...args] = this.#how.command;
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        VJ_BUS_DIR: this.busDir,
        VJ_CONFIG_DIR: this.configDir,
        VJ_DATA_DIR: path.join(this.dir, "data"),
        VJ_CACHE_DIR: path.join(this.dir, "cache"),
        ...this.#how.env,
      },
    });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-20_000);
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    return child;
  }

  /** Starts the worker and connects to it. */
  async start(): Promise<ControlClient> {
    this.#child = this.spawn();
    return this.connect();
  }

  async connect(withinMs = this.#how.patienceMs ?? patienceMs): Promise<ControlClient> {
    const end = performance.now() + withinMs;
    for (;;) {
      try {
        const client = await connect(this.socket, { reconnect: false });
        this.#clients.push(client);
        return client;
      } catch (error) {
        if (performance.now() > end) {
          throw new WorkerError("promise", `${this.name} did not listen within ${withinMs} ms; it printed:\n${this.#output}`, { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }

  /** Ends the worker and waits for its exit. */
  async kill(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    const child = this.#child;
    if (child === undefined) throw new WorkerError("promise", "not started");
    const exit = child.exitCode === null && child.signalCode === null ? once(child, "exit") : undefined;
    child.kill(signal);
    await exit;
    return { code: child.exitCode, signal: child.signalCode };
  }

  /** While V8 records what runs, the worker ends in order: a killed process writes no record. */
  async #end(child: ChildProcess): Promise<void> {
    if (process.env["NODE_V8_COVERAGE"] === undefined) return void (await this.kill("SIGKILL"));
    const patience = setTimeout(() => child.kill("SIGKILL"), orderlyEndMs);
    await this.kill("SIGTERM");
    clearTimeout(patience);
  }

  /** Ends remaining processes and removes the directory. */
  async remove(): Promise<void> {
    for (const client of this.#clients) await client.close();
    if (this.#child !== undefined) await this.#end(this.#child);
    await rm(this.dir, { recursive: true, force: true });
  }
}
