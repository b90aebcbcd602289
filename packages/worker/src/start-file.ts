import { mkdirSync } from "node:fs";
import path from "node:path";
import { checkStore } from "@vj/files";
import writeFileAtomic from "write-file-atomic";
import { readIfThere } from "./config-file.ts";
import { startRecordSchema } from "./start-record.ts";
import type { StartRecord } from "./start-record.ts";

/** The record of starts beside a settings file. */
export function startFileOf(settingsFile: string): string {
  return `${settingsFile}.starts`;
}

/** Reads it; one that is missing or makes no sense is empty. Never throws. */
export function readStarts(file: string): StartRecord {
  try {
    return startRecordSchema.parse(JSON.parse(readIfThere(file) ?? "{}"));
  } catch {
    // Only a help: without it a start counts as the first.
    return startRecordSchema.parse({});
  }
}

/** Writes it so that a kill at any moment leaves the old or the new one. @throws Error when it cannot be written. */
export function writeStarts(file: string, record: StartRecord): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  checkStore(path.dirname(file));
  writeFileAtomic.sync(file, JSON.stringify(record), { mode: 0o600, fsync: false });
}
