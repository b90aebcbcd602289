import { readdirSync } from "node:fs";
import { busDir as defaultBusDir, checkBusDir, systemErrorCode } from "@vj/control";
import { isProcessName, isWorkerName } from "@vj/schema";

const suffix = ".sock";

/** Where to search. */
export interface BusOptions {
  /** Default: the bus directory of the environment, as in `connect`. */
  readonly busDir?: string | undefined;
}

/**
 * Names of the workers that have a socket in the bus directory, sorted. No directory means no workers. A socket named like the
 * endpoint of a client (`…_client…`, `test…`) is a worker's only when a process has claimed that name, as every worker does.
 * A socket may be left over from a dead process: probe it.
 * @throws ControlError `directory` when the directory is unsafe.
 */
export function scan({ busDir = defaultBusDir() }: BusOptions = {}): string[] {
  let entries: string[];
  try {
    entries = readdirSync(busDir);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  checkBusDir(busDir);
  return entries
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .filter((name) => isWorkerName(name) || (isProcessName(name) && entries.some((file) => isClaim(file, name))))
    .sort();
}

/** Whether a file is the lock of this name, `<name>.<pid>.<start>.lock`. */
function isClaim(file: string, name: string): boolean {
  return file.startsWith(`${name}.`) && file.endsWith(".lock");
}
