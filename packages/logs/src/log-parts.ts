import { lstatSync } from "node:fs";
import path from "node:path";
import { logFolder } from "@vj/control";
import { partNames } from "./rotation.ts";

/** One file of a log on disk. */
export interface PartFacts {
  readonly name: string;
  readonly inode: number;
  readonly size: number;
  /** Time of the last write, epoch milliseconds. */
  readonly changedAt: number;
}

/**
 * The existing files of a log, oldest first. Rotated entries that are not plain files are left out. The log itself is
 * always listed, so that opening it reports what is wrong.
 * @throws the error of the file system.
 */
export function listParts(busDir: string, name: string): PartFacts[] {
  return partNames(name).flatMap((part) => {
    const facts = factsOf(busDir, part);
    return facts === undefined || (part !== name && !facts.isFile) ? [] : [facts];
  });
}

/** The newest file of a log; undefined while there is none. @throws the error of the file system. */
export function logFacts(busDir: string, name: string): PartFacts | undefined {
  return factsOf(busDir, name);
}

function factsOf(busDir: string, name: string): (PartFacts & { readonly isFile: boolean }) | undefined {
  const stats = lstatSync(path.join(logFolder(busDir), name), { throwIfNoEntry: false });
  return stats === undefined ? undefined : { name, inode: stats.ino, size: stats.size, changedAt: stats.mtimeMs, isFile: stats.isFile() };
}

/** The files written after another one of the same log. */
export interface Successors {
  readonly parts: readonly PartFacts[];
  /** The other file, and perhaps files after it, were rotated away: lines may be missing before these. */
  readonly mayMiss: boolean;
}

/**
 * The files after one with `inode` whose last write was at `changedAt` (epoch milliseconds). Pure. @param log its current
 * name
 */
export function successorsOf(parts: readonly PartFacts[], log: string, { inode, changedAt }: Pick<PartFacts, "inode" | "changedAt">): Successors {
  const index = parts.findIndex((part) => part.inode === inode);
  if (index !== -1) return { parts: parts.slice(index + 1), mayMiss: false };
  // The file was deleted or rotated away: its successors are the old files that were written later.
  const later = parts.filter((part) => part.name === log || part.changedAt >= changedAt);
  return { parts: later, mayMiss: later.length === partNames(log).length };
}

/** A place in a log: one of its files, and a number of bytes in it. */
export interface LogMark {
  readonly inode: number;
  readonly size: number;
}

/**
 * Where reading begins: at most this many bytes before the end, and not before a place. A log that does not exist yet is
 * read from its beginning.
 */
export interface LogStart {
  readonly bytes: number;
  readonly since?: LogMark;
}

/** A file and the first byte to read in it. */
export interface Place {
  readonly name: string;
  readonly inode: number;
  readonly position: number;
  /** Reading may begin in the middle of a line. */
  readonly isInside: boolean;
}

/** Where reading begins; undefined when there are no files. A mark whose file is gone lies before all existing files. Pure. */
export function placeOf(parts: readonly PartFacts[], { bytes, since }: LogStart): Place | undefined {
  const marked = parts.findIndex((part) => part.inode === since?.inode);
  const place = placeBeforeEnd(parts, bytes);
  const index = parts.findIndex((part) => part.inode === place?.inode);
  const part = parts[marked];
  if (since === undefined || part === undefined || place === undefined || index > marked) return place;
  return index === marked && place.position > since.size ? place : { ...part, position: since.size, isInside: false };
}

function placeBeforeEnd(parts: readonly PartFacts[], bytes: number): Place | undefined {
  let left = bytes;
  for (const part of parts.toReversed()) {
    if (part.size >= left || part === parts[0]) {
      // One byte earlier: that byte shows whether a line begins there.
      const position = Math.max(0, part.size - left - 1);
      return { ...part, position, isInside: position > 0 };
    }
    left -= part.size;
  }
  return undefined;
}
