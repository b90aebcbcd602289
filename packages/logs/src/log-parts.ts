import { lstatSync } from "node:fs";
import path from "node:path";
import { logFolder } from "@vj/control";
import { partNames } from "./rotation.ts";

/** One file of a log, as it is on disk. */
export interface PartFacts {
  readonly name: string;
  readonly inode: number;
  readonly size: number;
  /** When it was written last, epoch milliseconds. */
  readonly changedAt: number;
}

/**
 * The files of a log that are there, oldest first. Of the rotated ones, what is not a plain file is left out; the log itself
 * is listed whatever it is, so that opening it says what is wrong.
 * @throws Error of the file system.
 */
export function listParts(busDir: string, name: string): PartFacts[] {
  return partNames(name).flatMap((part) => {
    const stats = lstatSync(path.join(logFolder(busDir), part), { throwIfNoEntry: false });
    if (stats === undefined || (part !== name && !stats.isFile())) return [];
    return [{ name: part, inode: stats.ino, size: stats.size, changedAt: stats.mtimeMs }];
  });
}

/** The files that were written after another one of the same log. */
export interface Successors {
  readonly parts: readonly PartFacts[];
  /** The other one and perhaps files after it were rotated away: lines may be missing before these. */
  readonly mayMiss: boolean;
}

/** What follows a file that has `inode` and was written last at `changedAt` (epoch milliseconds). Pure. @param log its name now */
export function successorsOf(parts: readonly PartFacts[], log: string, { inode, changedAt }: Pick<PartFacts, "inode" | "changedAt">): Successors {
  const index = parts.findIndex((part) => part.inode === inode);
  if (index !== -1) return { parts: parts.slice(index + 1), mayMiss: false };
  // Deleted, or rotated away: the old files that were written later come after it.
  const later = parts.filter((part) => part.name === log || part.changedAt >= changedAt);
  return { parts: later, mayMiss: later.length === partNames(log).length };
}

/** A place in a log: a file of it, and how many bytes that had. */
export interface LogMark {
  readonly inode: number;
  readonly size: number;
}

/** Where reading begins: at most so many bytes before the end, and not before a place. A log that is yet to be made is read from its beginning. */
export interface LogStart {
  readonly bytes: number;
  readonly since?: LogMark;
}

/** A file and the first byte to read in it. */
export interface Place {
  readonly name: string;
  readonly inode: number;
  readonly position: number;
  /** It may be in the middle of a line. */
  readonly isInside: boolean;
}

/** Where reading begins; undefined when there are no files. A place whose file is gone is before all that are there. Pure. */
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
      // One byte earlier: whether a line begins there shows in the byte before.
      const position = Math.max(0, part.size - left - 1);
      return { ...part, position, isInside: position > 0 };
    }
    left -= part.size;
  }
  return undefined;
}
