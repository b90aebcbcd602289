import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const variable = "VJ_TEST_RUN";
/** Time for processes that were asked to end at the end of the last test, ms. */
const patienceMs = 5000;
const pollMs = 100;
const runnerPattern = /\/vitest\/dist\/workers\/|^node \(vitest/;

/** A process that a run of the tests has started. */
export interface RunProcess {
  readonly pid: number;
  readonly command: string;
}

/** Marks every process started from now on, through its environment. @returns the mark */
export function markRun(): string {
  const run = randomUUID();
  process.env[variable] = run;
  return run;
}

/**
 * The processes of this run that still exist after a short wait for those that are ending, without the test runner's own.
 * Linux only: elsewhere the environment of a process cannot be read, and the list is empty.
 */
export async function leftoverProcesses(run: string): Promise<RunProcess[]> {
  const end = performance.now() + patienceMs;
  for (;;) {
    const found = processesOf(run);
    if (found.length === 0 || performance.now() > end) return found;
    await delay(pollMs);
  }
}

function processesOf(run: string): RunProcess[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map((entry) => describe(Number(entry), `${variable}=${run}`))
    .filter((found) => found !== undefined);
}

function describe(pid: number, mark: string): RunProcess | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // A process without a command has ended. Pools of the test runner end after the tests.
    if (!environment.includes(mark) || command === "" || runnerPattern.test(command)) return undefined;
    const bus = environment.find((entry) => entry.startsWith("VJ_BUS_DIR=")) ?? "";
    return { pid, command: `${command} ${bus}`.trim() };
  } catch {
    // It ended meanwhile, or is not ours.
    return undefined;
  }
}
