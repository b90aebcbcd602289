import { busDir, connect, ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { managerName, workerNameSchema } from "@vj/schema";
import { CliError, exitCodes, noManager } from "./cli-error.ts";

/**
 * Connects to a worker.
 * @throws CliError saying how to start it when it does not run; ControlError for other faults.
 */
export async function connectWorker(worker: string): Promise<ControlClient> {
  if (!workerNameSchema.safeParse(worker).success) {
    throw new CliError(`"${worker}" is not the name of a worker`, { hint: "see their names with: vj status", exitCode: exitCodes.usage });
  }
  try {
    return await connect(worker, { busDir: busDir(), reconnect: false });
  } catch (error) {
    if (!(error instanceof ControlError) || (error.code !== "not_found" && error.code !== "refused")) throw error;
    if (worker === managerName) throw noManager();
    throw new CliError(`${worker} is not running`, { hint: `start it with: vj start ${worker}, or see what runs: vj status`, cause: error });
  }
}
