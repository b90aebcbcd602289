import { isLive, locksIn, readLock, removeStale } from "./lock-files.ts";
import { killLeftBehind } from "./process/kill-tree.ts";
import { processSource } from "./process/process-source.ts";

/**
 * Kills what workers left behind that ended while no manager ran: the members of the group and the session of each process
 * that a manager started (`recordChild`) and that has ended since. Nobody else would find them.
 * @throws ControlError `directory` when the directory is unsafe, `processes` when the system cannot be asked.
 */
export function killStrays(dir: string): void {
  for (const record of locksIn(dir)) {
    // Only what a manager started leads a group of its own; a person's shell may share its group with other programs.
    if (record.kind !== "child" || isLive(record)) continue;
    // The numbers of an earlier boot belong to other processes now.
    if (readLock(record.file)?.boot === processSource.boot()) killLeftBehind(record);
    removeStale(record.file);
  }
}
