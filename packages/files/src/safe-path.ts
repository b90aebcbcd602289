import { lstatSync, readlinkSync } from "node:fs";
import type { Stats } from "node:fs";
import path from "node:path";
import { FileError } from "./file-error.ts";
import { ownUid, systemErrorCode } from "./kind.ts";

/** Number of links followed, as on Linux. */
const mostLinks = 40;

/**
 * Reason why another user could replace `target`: a directory above it, up to `/` and along every link on the way, that
 * somebody else owns or can write to. A directory with the sticky bit that belongs to root or to this user is safe, since
 * nobody else can rename or delete our entries in it. `target` itself is not checked and need not exist.
 * @returns the fault and the next step, for a person; undefined when there is none.
 * @throws the error of the file system when a directory cannot be read.
 */
export function pathFault(target: string): string | undefined {
  const own = ownUid();
  if (own === undefined) return undefined;
  const ahead = path.dirname(path.resolve(target)).split(path.sep).filter((part) => part !== "");
  let dir: string = path.sep;
  for (let links = 0; links <= mostLinks; ) {
    const fault = folderFault(dir, lstatSync(dir), own);
    if (fault !== undefined) return fault;
    const next = ahead.shift();
    if (next === undefined) return undefined;
    if (next === "." || next === "..") {
      if (next === "..") dir = path.dirname(dir);
      continue;
    }
    const here = path.join(dir, next);
    const stats = lstatIfThere(here);
    // A missing directory: only we can create it, or it is checked once it exists.
    if (stats === undefined) return undefined;
    if (!stats.isSymbolicLink()) {
      dir = here;
      continue;
    }
    if (!isTrusted(stats.uid, own)) return `${here} is a link of another user (uid ${stats.uid}); use another path`;
    const leadsTo = readlinkSync(here);
    if (path.isAbsolute(leadsTo)) dir = path.sep;
    ahead.unshift(...leadsTo.split(path.sep).filter((part) => part !== ""));
    links += 1;
  }
  return `${target} leads through more than ${mostLinks} links; use another path`;
}

/**
 * Reason why a directory for files is unsafe: somebody else could change its contents.
 * @returns the fault and the next step, for a person; undefined when there is none, or the directory does not exist yet.
 * @throws the error of the file system when it cannot be read.
 */
export function storeFault(dir: string): string | undefined {
  return pathFault(path.join(path.resolve(dir), "file"));
}

/** Refuses a directory with a {@link storeFault}. @throws FileError `unsafe`, which names the directory and the fault. */
export function checkStore(dir: string): void {
  const fault = storeFault(dir);
  if (fault !== undefined) throw new FileError("unsafe", `refusing the directory ${dir}: ${fault}`);
}

function folderFault(dir: string, stats: Stats, own: number): string | undefined {
  if (!isTrusted(stats.uid, own)) return `${dir} belongs to another user (uid ${stats.uid}); use another path`;
  const othersWrite = (stats.mode & 0o022) !== 0;
  const sticky = (stats.mode & 0o1000) !== 0;
  return othersWrite && !sticky ? `other users can write to ${dir}; run: chmod go-w ${dir}` : undefined;
}

/** Root can do anything anyway, so its files are trusted. */
function isTrusted(uid: number, own: number): boolean {
  return uid === 0 || uid === own;
}

function lstatIfThere(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
