import { lstatSync, mkdirSync } from "node:fs";
import type { Stats } from "node:fs";
import { messageOf } from "@vj/schema";
import { ControlError, systemErrorCode } from "./errors.ts";

/** The bus directory: `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
export function busDir(): string {
  const fromEnvironment = process.env["VJ_BUS_DIR"];
  return fromEnvironment === undefined || fromEnvironment === "" ? "/tmp/vj-bus" : fromEnvironment;
}

/**
 * Makes the bus directory (0700) when it is missing, and checks it as {@link checkBusDir} does.
 * @throws ControlError `directory` when it cannot be made or is unsafe.
 */
export function ensureBusDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    // A link to nowhere or a plain file ends here too; the check names those faults better than mkdir does.
    if (systemErrorCode(error) !== "EEXIST" && systemErrorCode(error) !== "ENOENT") {
      throw new ControlError("directory", `cannot create the bus directory ${dir}: ${messageOf(error)}`, { cause: error });
    }
  }
  checkBusDir(dir);
}

/**
 * Checks that nobody but this user can put sockets into the bus directory or open those in it.
 * @throws ControlError `directory` when it is a link, is no directory, belongs to someone else or is open to others;
 * `not_found` when it does not exist.
 */
export function checkBusDir(dir: string): void {
  const fault = findFault(dir, statOf(dir));
  if (fault !== undefined) {
    throw new ControlError("directory", `refusing the bus directory ${dir}: ${fault}, or set VJ_BUS_DIR to another one`);
  }
}

function statOf(dir: string): Stats {
  try {
    return lstatSync(dir);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      throw new ControlError("not_found", `there is no bus directory ${dir}: nothing is running`, { cause: error });
    }
    throw new ControlError("directory", `cannot look at the bus directory ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

function findFault(dir: string, stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return "it is a symbolic link; remove the link";
  if (!stats.isDirectory()) return "it is not a directory; remove it";
  const own = process.getuid?.();
  if (own !== undefined && stats.uid !== own) return `it belongs to another user (uid ${stats.uid})`;
  if ((stats.mode & 0o077) !== 0) return `it is open to other users; run: chmod 700 ${dir}`;
  return undefined;
}
