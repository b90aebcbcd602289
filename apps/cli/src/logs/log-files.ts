import { readdirSync } from "node:fs";
import path from "node:path";
import { ControlError, checkLogFolder } from "@vj/control";

/**
 * The log files in use (`<worker>.log`), rotated ones left out.
 * @param only of this process alone. @throws ControlError `directory` when others could have put them there.
 */
export function listLogFiles(busDir: string, only?: string): string[] {
  let folder: string;
  try {
    folder = checkLogFolder(busDir);
  } catch (error) {
    if (error instanceof ControlError && error.code === "not_found") return [];
    throw error;
  }
  const entries = readdirSync(folder);
  return entries
    .filter((entry) => (only === undefined ? /^[a-z0-9_]+\.log$/.test(entry) : entry === `${only}.log`))
    .sort()
    .map((entry) => path.join(folder, entry));
}
