import { unlinkSync } from "node:fs";
import { isProcessAlive } from "@vj/control";
import { readText, systemErrorCode, writeOwn } from "@vj/files";
import { DumpError } from "./dump-error.ts";

/**
 * Claims the import of a dump for this process; one that was killed holds it no longer.
 * @returns gives it back. @throws DumpError `busy` when another import runs.
 */
export function claimImport(lock: string): () => void {
  for (;;) {
    try {
      writeOwn(lock, "create", String(process.pid));
      return () => unlinkSync(lock);
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return () => {};
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
    const pid = Number(readText(lock, { maxBytes: 100 }) ?? 0);
    if (pid > 0 && isProcessAlive(pid)) throw new DumpError("busy", `another import runs (pid ${pid}); wait for it, or end it`);
    unlinkSync(lock);
  }
}
