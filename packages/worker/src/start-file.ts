import { jsonFile } from "@vj/files";
import { startRecordSchema } from "./start-record.ts";
import type { StartRecord } from "./start-record.ts";

/** The record of starts beside a settings file. */
export function startFileOf(settingsFile: string): string {
  return `${settingsFile}.starts`;
}

/** Reads the record; a missing or invalid one counts as empty. Never throws. */
export function readStarts(file: string): StartRecord {
  try {
    return startRecordSchema.parse(jsonFile(file).read() ?? {});
  } catch {
    // The record is only a help: without it a start counts as the first.
    return startRecordSchema.parse({});
  }
}

/** Writes the record so that a kill at any moment leaves the old or the new one. @throws FileError when it cannot be written. */
export function writeStarts(file: string, record: StartRecord): void {
  jsonFile(file).writeSync(record);
}
