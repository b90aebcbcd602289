import { spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { busDir, ensureBusDir, logFolder, nameOwner, ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { readEnd } from "@vj/files";
import { openOutput } from "@vj/process-manager/output";
import type { Output } from "@vj/process-manager/output";
import { managerName } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { findManager, managerState } from "./manager.ts";

const answerMs = 15_000;
/** More than the last lines have. */
const lastBytes = 8192;
const pollMs = 25;
/** What it printed is in the file this soon. */
const outputMs = 250;
/** How a process ends that found its name taken. */
const alreadyRunning = "exit code 3";

/** The process manager that runs; undefined when there is none, or only one that is shutting down. */
export async function findOpenManager(): Promise<ControlClient | undefined> {
  const manager = await findManager();
  if (manager === undefined) return undefined;
  try {
    if ((await managerState(manager))["closing"] !== true) return manager;
  } catch (error) {
    manager.close();
    // It ended before it answered: it was shutting down.
    if (error instanceof ControlError && error.code === "closed") return undefined;
    throw error;
  }
  manager.close();
  return undefined;
}

/** How a process manager is started. */
export interface StartOptions {
  /** Workers to start by themselves; left out: all that are switched on. */
  readonly only?: readonly string[] | undefined;
  /** The user's package, whose direct dependencies may be workers; left out: the one that the manager remembers. */
  readonly project?: string | undefined;
}

/**
 * Starts a process manager that outlives this process: a session of its own, output into `logs/process_manager.out.log`.
 * When another starter is faster, that one's manager is taken; one that is shutting down is waited for.
 * @returns the connection to it. @throws CliError with what it printed when it ends at once.
 */
export async function startManager({ only, project }: StartOptions = {}): Promise<ControlClient> {
  ensureBusDir(busDir());
  const output = path.join(logFolder(busDir()), `${managerName}.out.log`);
  const args = [...(only === undefined ? [] : ["--only", only.join(",")]), ...(project === undefined ? [] : ["--project", project])];
  const end = performance.now() + answerMs;
  let printed: Output | undefined;
  let started: { ended(): string | undefined } | undefined;
  while (performance.now() < end) {
    const manager = await findOpenManager();
    if (manager !== undefined) return manager;
    const how = started?.ended();
    if (how !== undefined && how !== alreadyRunning) {
      await printed?.finished(outputMs);
      throw new CliError(`the process manager ended (${how}): ${lastLines(output)}`, { hint: "the whole story: vj logs process_manager" });
    }
    // Nobody has the name: neither ours, nor a faster one, nor one that is shutting down.
    if ((started === undefined || how !== undefined) && nameOwner(busDir(), managerName) === undefined) {
      printed = openOutput(busDir(), managerName);
      started = spawnManager(printed, args);
    }
    await delay(pollMs);
  }
  throw new CliError(`the process manager did not answer within ${answerMs / 1000} s`, { hint: `see ${output}` });
}

/** @returns a look at how it ended, undefined while it runs. */
function spawnManager(output: Output, args: readonly string[]): { ended(): string | undefined } {
  try {
    const child = spawn(process.execPath, [managerProgram(), ...args], {
      detached: true,
      stdio: ["ignore", output.target, output.target],
      // It writes its own log file; what it prints besides would only repeat that.
      env: { ...process.env, VJ_SUPERVISED: "1" },
    });
    child.unref();
    let how: string | undefined;
    child.on("error", (error) => (how = error.message));
    child.on("exit", (code, signal) => (how = signal ?? `exit code ${code}`));
    return { ended: () => how };
  } finally {
    output.release();
  }
}

function managerProgram(): string {
  const manifest = fileURLToPath(import.meta.resolve("@vj/process-manager/package.json"));
  return path.join(path.dirname(manifest), "bin", "process-manager.js");
}

function lastLines(file: string): string {
  return readEnd(file, lastBytes)?.trim().split("\n").slice(-3).join(" ") ?? "it printed nothing";
}
