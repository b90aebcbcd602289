import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { connect, socketPath } from "@vj/control";
import { managerState, withManager } from "@vj/rig/manager";
import { messageOf, workerStateSchema } from "@vj/schema";
import type { ManagerState, Reply, WorkerState } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import type { Receiver } from "@vj/telemetry";
import { removeAfterUs } from "./after-us.ts";
import { rigProcesses } from "./processes.ts";
import { busDirOf, busParentOf, removeRig } from "./remove-rig.ts";
import { writeDemoWave } from "./wave-file.ts";

const cli = path.dirname(fileURLToPath(import.meta.resolve("@vj/cli/package.json")));
const vj = path.join(cli, "bin", "vj.js");
const apps = path.dirname(cli);

/** The real rig, in separate directories and with its own telemetry port. */
export class RealRig {
  readonly dir: string;
  readonly receiver: Receiver;
  readonly #extra: Record<string, string>;
  readonly #targets: string[];
  readonly #isRemoved: () => void;

  private constructor(dir: string, receiver: Receiver, extra: Record<string, string>) {
    this.dir = dir;
    this.#isRemoved = removeAfterUs(dir);
    this.receiver = receiver;
    this.#extra = extra;
    this.#targets = [`127.0.0.1:${receiver.port}`];
  }

  /**
   * Prepares directories and the music file; starts nothing. They are removed with this process, however it ends.
   * @param envOf variables for every process of the rig; given its folder
   */
  static async prepare(envOf: (dir: string) => Record<string, string> = () => ({})): Promise<RealRig> {
    const receiver = await createReceiver();
    const dir = mkdtempSync("/tmp/vj-h-");
    const rig = new RealRig(dir, receiver, envOf(dir));
    mkdirSync(rig.busParent);
    writeDemoWave(path.join(dir, "original.wav"), 30);
    rig.restoreMusic();
    return rig;
  }

  /** The program behind `vj`. */
  readonly vjProgram = vj;

  /** Contains the bus directory; a small file system may be mounted here. */
  get busParent(): string {
    return busParentOf(this.dir);
  }

  get busDir(): string {
    return busDirOf(this.dir);
  }

  get configDir(): string {
    return path.join(this.dir, "config");
  }

  get music(): string {
    return path.join(this.dir, "music.wav");
  }

  /** Adds a receiver of telemetry, `host:port`, for processes started from now on. */
  addTarget(target: string): void {
    this.#targets.push(target);
  }

  restoreMusic(): void {
    copyFileSync(path.join(this.dir, "original.wav"), this.music);
  }

  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      VJ_BUS_DIR: this.busDir,
      VJ_CONFIG_DIR: this.configDir,
      VJ_DATA_DIR: path.join(this.dir, "data"),
      VJ_CACHE_DIR: path.join(this.dir, "cache"),
      VJ_AUDIO_SOURCE: `file:${this.music}`,
      VJ_OSC_TARGETS: this.#targets.join(","),
      ...this.#extra,
    };
  }

  /** Runs one `vj` command to its end. @throws Error with its output when it fails or takes too long. */
  async vj(...args: string[]): Promise<string> {
    const child = this.spawn(process.execPath, [vj, ...args]);
    let output = "";
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    const limit = setTimeout(() => child.kill("SIGKILL"), 60_000);
    const [code, signal] = await once(child, "exit");
    clearTimeout(limit);
    if (code !== 0) throw new Error(`vj ${args.join(" ")} ended with ${code ?? signal}:\n${output}`);
    return output;
  }

  /** Starts a worker, or the manager, as a human would in a shell; it outlives us. */
  startByHand(worker: string): ChildProcess {
    const name = worker.replaceAll("_", "-");
    const program = path.join(apps, name, "bin", `${name}.js`);
    return spawn(process.execPath, [program], { env: this.env, stdio: "ignore", detached: true });
  }

  /** Starts a program in the rig's environment. */
  spawn(program: string, args: string[]): ChildProcess {
    return spawn(program, args, { env: this.env, stdio: ["ignore", "pipe", "pipe"] });
  }

  socket(worker: string): string {
    return socketPath(worker, this.busDir);
  }

  /** Sends one command over its own connection. */
  async request(worker: string, cmd: string, args: Record<string, unknown> = {}, timeoutMs = 5000): Promise<Reply> {
    const client = await connect(worker, { busDir: this.busDir, reconnect: false });
    try {
      return await client.request(cmd, args, { timeoutMs });
    } finally {
      await client.close();
    }
  }

  async managerState(): Promise<ManagerState> {
    return withManager(managerState, { busDir: this.busDir });
  }

  async workerState(worker: string): Promise<WorkerState> {
    return workerStateSchema.parse((await this.request(worker, "get_state", {}, 1000)).data);
  }

  /** Names of the enabled workers. */
  async enabledWorkers(): Promise<string[]> {
    const { workers } = await this.managerState();
    return Object.entries(workers)
      .filter(([, { enabled }]) => enabled)
      .map(([name]) => name);
  }

  /** Running processes of the rig, by worker name. */
  pidsOf(worker: string): number[] {
    return rigProcesses(this.busDir)
      .filter(({ name }) => name === worker)
      .map(({ pid }) => pid);
  }

  /** Kills the remaining processes, and removes the directories and the small file system. */
  async remove(): Promise<void> {
    removeRig(this.dir);
    this.#isRemoved();
    await this.receiver.close();
  }
}

/**
 * Waits until `probe` succeeds. @returns the time that it took, milliseconds.
 * @throws Error with the last fault when the time is up.
 */
export async function until(what: string, probe: () => Promise<void> | void, withinMs: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    try {
      await probe();
      return performance.now() - begun;
    } catch (error) {
      if (performance.now() - begun > withinMs) {
        throw new Error(`${what}: ${messageOf(error)} (after ${Math.round(withinMs / 1000)} s)`, { cause: error });
      }
      await delay(10);
    }
  }
}
