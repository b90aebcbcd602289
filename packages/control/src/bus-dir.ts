import { closeSync, lstatSync, mkdirSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import { openOwn, pathFault } from "@vj/files";
import type { FileAccess, OpenedFile } from "@vj/files";
import { messageOf } from "@vj/schema";
import { ControlError, systemErrorCode } from "./errors.ts";

/** The bus directory of a process that was not given another one. */
export const defaultBusDir = "/tmp/vj-bus";

/** The title of a process, which distinguishes two rigs: `vj audio_analyzer`, and on another bus than the default one also which. */
export function processTitle(name: string, dir = busDir()): string {
  return dir === defaultBusDir ? `vj ${name}` : `vj ${name} (${dir})`;
}

/** The bus directory: `VJ_BUS_DIR`, else {@link defaultBusDir}. */
export function busDir(): string {
  const fromEnvironment = process.env["VJ_BUS_DIR"];
  return fromEnvironment === undefined || fromEnvironment === "" ? defaultBusDir : fromEnvironment;
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
 * @throws ControlError `directory` when it is a link, is not a directory, belongs to someone else, is open to others, or lies
 * where others could put another one in its place; `not_found` when it does not exist.
 */
export function checkBusDir(dir: string): void {
  const fault = findFault(dir, statOf(dir)) ?? findFaultAbove(dir);
  if (fault !== undefined) {
    throw new ControlError("directory", `refusing the bus directory ${dir}: ${fault}, or set VJ_BUS_DIR to another one`);
  }
}

/** Where the log files are: `logs` in the bus directory. */
export function logFolder(dir: string): string {
  return path.join(dir, "logs");
}

/**
 * Checks the bus directory and the log folder in it. Nothing is written to or read from the logs without this.
 * @returns the log folder. @throws ControlError as {@link checkBusDir}, for either.
 */
export function checkLogFolder(dir: string): string {
  checkBusDir(dir);
  const folder = logFolder(dir);
  const fault = findFault(folder, statOf(folder), false);
  if (fault !== undefined) throw new ControlError("directory", `refusing the log directory ${folder}: ${fault}`);
  return folder;
}

/** Makes the bus directory and the log folder when they are missing, and checks both. @throws ControlError as {@link checkLogFolder}. */
export function ensureLogFolder(dir: string): string {
  ensureBusDir(dir);
  try {
    mkdirSync(logFolder(dir), { mode: 0o700 });
  } catch (error) {
    if (systemErrorCode(error) !== "EEXIST") {
      throw new ControlError("directory", `cannot create ${logFolder(dir)}: ${messageOf(error)}`, { cause: error });
    }
  }
  return checkLogFolder(dir);
}

/**
 * Opens a log file in the bus directory; to append, it and the folders are made when they are missing. What was opened is
 * proven to lie in the folder that was checked, even if the directory was deleted and made anew by somebody meanwhile.
 * @throws ControlError as {@link checkLogFolder}; Error as `openOwn` of `@vj/files`.
 */
export function openLog(dir: string, file: string, access: FileAccess): OpenedFile {
  const folder = access === "append" || access === "create" ? ensureLogFolder(dir) : checkLogFolder(dir);
  const { ino, dev } = lstatSync(folder);
  const opened = openOwn(path.join(folder, file), access);
  try {
    checkLogFolder(dir);
    const now = lstatSync(folder);
    if (now.ino !== ino || now.dev !== dev) throw new ControlError("directory", `${folder} was replaced while it was used`);
    return opened;
  } catch (error) {
    closeSync(opened.fd);
    throw error;
  }
}

function findFaultAbove(dir: string): string | undefined {
  try {
    return pathFault(dir);
  } catch (error) {
    throw new ControlError("directory", `cannot look at what is above ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

function statOf(dir: string): Stats {
  try {
    return lstatSync(dir);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      throw new ControlError("not_found", `there is no directory ${dir}: nothing is running`, { cause: error });
    }
    throw new ControlError("directory", `cannot look at the directory ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

function findFault(dir: string, stats: Stats, mustBePrivate = true): string | undefined {
  if (stats.isSymbolicLink()) return "it is a symbolic link; remove the link";
  if (!stats.isDirectory()) return "it is not a directory; remove it";
  const own = process.getuid?.();
  if (own !== undefined && stats.uid !== own) return `it belongs to another user (uid ${stats.uid}); let them remove it`;
  if (mustBePrivate && (stats.mode & 0o077) !== 0) return `it is open to other users; run: chmod 700 ${dir}`;
  return undefined;
}
