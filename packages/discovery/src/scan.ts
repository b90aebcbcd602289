import { readdirSync } from "node:fs";
import { busDir as defaultBusDir, checkBusDir, systemErrorCode } from "@vj/control";
import { isWorkerName } from "@vj/schema";

const suffix = ".sock";

/** Where to search. */
export interface BusOptions {
  /** Default: the bus directory of the environment, as in `connect`. */
  readonly busDir?: string | undefined;
}

/**
 * Names of the processes that have a socket in the bus directory, sorted. No directory means no workers.
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
  return entries.map(workerOfFile).filter((name) => name !== undefined).sort();
}

/** The worker whose socket a file is; undefined for other files. */
export function workerOfFile(file: string): string | undefined {
  if (!file.endsWith(suffix)) return undefined;
  const name = file.slice(0, -suffix.length);
  return isWorkerName(name) ? name : undefined;
}
