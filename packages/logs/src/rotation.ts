import { renameSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "@vj/files";

/**
 * Size of one log file, number of old files kept (together at most 4 MiB per worker), and interval in which the writer
 * checks that its file still exists.
 */
export const logLimits = { fileBytes: 1_048_576, oldFiles: 3, checkMs: 1000 } as const;

/** The files of one log, oldest first: `a.log.3`, `a.log.2`, `a.log.1`, `a.log`. */
export function partNames(name: string, oldFiles: number = logLimits.oldFiles): string[] {
  return [...Array.from({ length: oldFiles }, (_, index) => `${name}.${oldFiles - index}`), name];
}

/**
 * Makes room for a new file: `a.log` becomes `a.log.1`, that `a.log.2`, and so on; the oldest is deleted.
 * @param folder a log folder that was checked. @throws the error of the file system.
 */
export function rotate(folder: string, name: string, oldFiles: number = logLimits.oldFiles): void {
  const names = partNames(name, oldFiles);
  for (const [index, older] of names.slice(0, -1).entries()) {
    try {
      renameSync(path.join(folder, names[index + 1] ?? name), path.join(folder, older));
    } catch (error) {
      if (systemErrorCode(error) !== "ENOENT") throw error;
    }
  }
}
