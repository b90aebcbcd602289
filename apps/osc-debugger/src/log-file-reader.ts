import { closeSync, fstatSync, lstatSync, readSync } from "node:fs";
import { openOwn, systemErrorCode } from "@vj/files";

/** Bytes read of one file in one go. What is further behind is skipped: the newest lines count. */
export const readLimit = 262_144;
/** Lines that were written since the last read. */
export interface NewLines {
  readonly lines: string[];
  /** Bytes that were passed over because there were too many. */
  readonly skippedBytes: number;
}

/**
 * Reads what is appended to one log file, line by line, through rotation (the old file is read to its end before the
 * new one), truncation, and removal. Keeps the file open, so that a renamed file can still be finished.
 */
export class LogFileReader {
  readonly #file: string;
  #fd: number | undefined;
  #inode = 0;
  /** Where the next line begins. */
  #offset = 0;

  /** @param historyBytes how much of what is there already is read. */
  constructor(file: string, historyBytes: number) {
    this.#file = file;
    const opened = this.#open();
    if (opened !== undefined) this.#offset = startOfLine(opened.fd, Math.max(0, opened.size - historyBytes));
  }

  /** @throws Error of the file system, other than that the file does not exist. */
  read(): NewLines {
    const lines: string[] = [];
    let skippedBytes = this.#fd === undefined ? 0 : this.#readOpen(this.#fd, lines);
    if (this.#inode !== currentInode(this.#file)) {
      // The rest that was written between the read above and the rotation.
      if (this.#fd !== undefined) skippedBytes += this.#readOpen(this.#fd, lines);
      this.close();
      const opened = this.#open();
      if (opened !== undefined) skippedBytes += this.#readOpen(opened.fd, lines);
    }
    return { lines, skippedBytes };
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.#inode = 0;
    this.#offset = 0;
  }

  #open(): { fd: number; size: number } | undefined {
    try {
      const { fd, stats } = openOwn(this.#file, "read");
      const { ino, size } = stats;
      this.#fd = fd;
      this.#inode = ino;
      return { fd, size };
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Appends the complete lines behind the offset to `lines`; returns how many bytes were skipped. */
  #readOpen(fd: number, lines: string[]): number {
    const { size } = fstatSync(fd);
    if (size < this.#offset) this.#offset = 0;
    let skipped = 0;
    if (size - this.#offset > readLimit) {
      const start = startOfLine(fd, size - readLimit);
      skipped = start - this.#offset;
      this.#offset = start;
    }
    const buffer = Buffer.alloc(size - this.#offset);
    const read = readSync(fd, buffer, 0, buffer.length, this.#offset);
    const end = buffer.subarray(0, read).lastIndexOf(10) + 1;
    // A line longer than what is read in one go will never be complete.
    if (end === 0 && read === readLimit) {
      this.#offset += read;
      return skipped + read;
    }
    this.#offset += end;
    if (end > 0) lines.push(...buffer.toString("utf8", 0, end - 1).split("\n"));
    return skipped;
  }
}

/** The first line start at or behind `position`; the position itself when no line ends within a read. */
function startOfLine(fd: number, position: number): number {
  if (position === 0) return 0;
  const buffer = Buffer.alloc(readLimit);
  const read = readSync(fd, buffer, 0, buffer.length, position - 1);
  const end = buffer.subarray(0, read).indexOf(10);
  return end === -1 ? position : position + end;
}

function currentInode(file: string): number {
  try {
    return lstatSync(file).ino;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return 0;
    throw error;
  }
}
