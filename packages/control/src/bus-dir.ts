import { closeSync, lstatSync, mkdirSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import { makeFolder, openOwn, pathFault } from "@vj/files";
import type { FileAccess, OpenedFile } from "@vj/files";
import { messageOf } from "@vj/schema";
import { ControlError, systemErrorCode } from "./errors.ts";

/** The default bus directory. */
export const defaultBusDir = "/tmp/vj-bus";

/**
 * Process title that distinguishes two rigs: `vj audio_analyzer`, with the bus directory in brackets unless it is the
 * default.
 */
export function processTitle(name: string, dir = busDir()): string {
  return dir === defaultBusDir ? `vj ${name}` : `vj ${name} (${dir})`;
}

/** The bus directory as an absolute path: `VJ_BUS_DIR`, else {@link defaultBusDir}. */
export function busDir(): string {
  const fromEnvironment = process.env["VJ_BUS_DIR"];
  return fromEnvironment === undefined || fromEnvironment === "" ? defaultBusDir : path.resolve(fromEnvironment);
}

/**
 * Creates the bus directory (0700) if it is missing, and checks it as {@link checkBusDir} does.
 * @throws ControlError `directory` when it cannot be created or is unsafe.
 */
export function ensureBusDir(dir: string): void {
  try {
    makeFolder(dir);
  } catch (error) {
    // A dangling link or a plain file also ends here; the check below describes those faults better.
    if (systemErrorCode(error) !== "EEXIST") {
      throw new ControlError("directory", `cannot create the bus directory ${dir}: ${messageOf(error)}`, { cause: error });
    }
  }
  checkBusDir(dir);
}

/**
 * Checks that nobody but this user can put sockets into the bus directory or open those in it.
 * @throws ControlError `directory` when it is a link, is not a directory, belongs to someone else, is open to others, or
 * lies where others could replace it; `not_found` when it does not exist.
 */
export function checkBusDir(dir: string): void {
  const fault = findFault(dir, statOf(dir)) ?? findFaultAbove(dir);
  if (fault !== undefined) {
    throw new ControlError("directory", `refusing the bus directory ${dir}: ${fault}, or set VJ_BUS_DIR to another one`);
  }
}

/** The folder of the log files: `logs` in the bus directory. */
export function logFolder(dir: string): string {
  return path.join(dir, "logs");
}

/**
 * Checks the bus directory and the log folder in it. Every access to the logs begins with this.
 * @returns the log folder. @throws ControlError as {@link checkBusDir}, for either.
 */
export function checkLogFolder(dir: string): string {
  checkBusDir(dir);
  const folder = logFolder(dir);
  const fault = findFault(folder, statOf(folder), false);
  if (fault !== undefined) throw new ControlError("directory", `refusing the log directory ${folder}: ${fault}`);
  return folder;
}

/**
 * Creates the bus directory and the log folder if they are missing, and checks both.
 * @throws ControlError as {@link checkLogFolder}
 */
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
 * Opens a log file in the bus directory; to append, creates it and its folders if they are missing. Proves that the
 * opened file lies in the checked folder, even if somebody deleted and recreated the directory meanwhile.
 * @throws ControlError as {@link checkLogFolder}; Error as `openOwn` of `@vj/files`.
 */
export function openLog(dir: string, file: string, access: FileAccess): OpenedFile {
  const folder = access === "append" || access === "create" ? ensureLogFolder(dir) : checkLogFolder(dir);
  const { ino, dev } = lstatSync(folder);
  const opened = openOwn(path.join(folder, file), access);
  try {
    checkLogFolder(dir);
    const now = lstatSync(folder);
    if (now.ino !== ino || now.dev !== dev) throw new ControlError("directory", `${folder} was replaced while it was in use; try again`);
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
    throw new ControlError("directory", `cannot check the parents of ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

function statOf(dir: string): Stats {
  try {
    return lstatSync(dir);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") {
      throw new ControlError("not_found", `there is no directory ${dir}: nothing is running`, { cause: error });
    }
    throw new ControlError("directory", `cannot check the directory ${dir}: ${messageOf(error)}`, { cause: error });
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
