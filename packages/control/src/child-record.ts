import path from "node:path";
import { writeOwn } from "@vj/files";
import { isLive, locksIn, removeStale } from "./lock-files.ts";
import type { ProcessIdentity } from "./process/identity.ts";
import { processSource } from "./process/process-source.ts";

/**
 * Records that a process was started to serve `name`. With the record `nameOwner` finds that process even when its
 * starter is gone and it never claims the name, because it hangs or does not use locks. Best effort: without a record the
 * process still runs, but only its socket leads to it.
 */
export function recordChild(dir: string, name: string, child: ProcessIdentity): void {
  try {
    for (const old of locksIn(dir)) if (old.kind === "child" && old.name === name && !isLive(old)) removeStale(old.file);
    const file = childFile(dir, name, child);
    // A record of an earlier boot may have the same name.
    removeStale(file);
    writeOwn(file, "create", `child ${processSource.boot()}`);
  } catch {
    // No directory, or a full disk.
  }
}

/** Undoes {@link recordChild} once the process has ended. */
export function forgetChild(dir: string, name: string, child: ProcessIdentity): void {
  removeStale(childFile(dir, name, child));
}

function childFile(dir: string, name: string, { pid, start }: ProcessIdentity): string {
  return path.join(dir, `${name}.${pid}.${start}.child`);
}
