import { readdirSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "@vj/control";

/** Where the workers write their log files. */
export function logFolder(busDir: string): string {
  return path.join(busDir, "logs");
}

/** The log files in use (`<worker>.log`), rotated ones left out. @param only of this process alone. */
export function listLogFiles(folder: string, only?: string): string[] {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  return entries
    .filter((entry) => (only === undefined ? /^[a-z0-9_]+\.log$/.test(entry) : entry === `${only}.log`))
    .sort()
    .map((entry) => path.join(folder, entry));
}
