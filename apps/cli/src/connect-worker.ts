import { setTimeout as delay } from "node:timers/promises";
import { busDir, connect, ControlError, nameOwner } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { managerName, workerNameSchema } from "@vj/schema";
import { CliError, exitCodes } from "./cli-error.ts";

/** Longest time from claiming the name to opening the socket, milliseconds. */
const startMs = 5000;
const pollMs = 50;

/**
 * Connects to a worker.
 * @throws CliError with the command to start it when it does not run, or with the names of all workers when it is none of them; ControlError for other faults.
 */
export async function connectWorker(worker: string): Promise<ControlClient> {
  const client = await connectIfRunning(worker);
  if (client !== undefined) return client;
  if (worker === managerName) throw new CliError("no process manager is running", { hint: "start the rig with: vj up", exitCode: exitCodes.noManager });
  const { assertKnown } = await import("./known-worker.ts");
  await assertKnown(worker);
  throw notRunning(worker);
}

/** The error when a worker does not run. */
export function notRunning(worker: string): CliError {
  return new CliError(`${worker} is not running`, { hint: `start it with: vj start ${worker}, or see what runs: vj status` });
}

/**
 * Connects to a worker; waits for one that is just starting.
 * @returns undefined when it does not run. @throws CliError for an invalid name, or a worker that does not answer;
 * ControlError for other faults.
 */
export async function connectIfRunning(worker: string): Promise<ControlClient | undefined> {
  if (!workerNameSchema.safeParse(worker).success) {
    throw new CliError(`"${worker}" is not the name of a worker`, { hint: "see their names with: vj status", exitCode: exitCodes.usage });
  }
  const end = performance.now() + startMs;
  for (;;) {
    try {
      return await connect(worker, { busDir: busDir(), reconnect: false });
    } catch (error) {
      if (!(error instanceof ControlError) || (error.code !== "not_found" && error.code !== "refused")) throw error;
    }
    if (nameOwner(busDir(), worker) === undefined) return undefined;
    if (performance.now() > end) {
      throw new CliError(`${worker} runs, but does not answer`, { hint: `see its log with: vj logs ${worker}` });
    }
    await delay(pollMs);
  }
}
