import { closeSync, fstatSync, readSync } from "node:fs";
import { openLog } from "@vj/control";
import { systemErrorCode } from "@vj/files";
import type { OpenedFile } from "@vj/files";
import type { PartFacts, Place } from "./log-parts.ts";

/** Further behind than this, the reader skips the older part: no log of ours is that long; bytes. */
export const longestBacklog = 8 * 1_048_576;

/** Number of read bytes compared at the next look: they differ if the file was truncated and rewritten. */
const overlapBytes = 64;
const nothing = Buffer.alloc(0);

/** The next bytes of a file. */
export interface PartBytes {
  readonly bytes: Buffer;
  /** The file was truncated since the last look, so these bytes are from its new beginning. */
  readonly wasCut: boolean;
  /** Bytes skipped before these, because there were too many. */
  readonly passedOver: number;
  /** The end of the file was reached. */
  readonly atEnd: boolean;
}

/** One open file of a log. It stays open, so that reading can finish even after it was renamed or deleted. */
export class LogPart {
  readonly #fd: number;
  /** Identifies the file as long as it is open. */
  readonly inode: number;
  /** Reading begins in the middle of a line. */
  readonly isInside: boolean;
  #position: number;
  #overlap: Buffer = nothing;

  private constructor({ fd, stats }: OpenedFile, { position, isInside }: Place) {
    this.#fd = fd;
    this.inode = stats.ino;
    // A file that is shorter now was truncated meanwhile.
    const isThere = position <= stats.size;
    this.#position = isThere ? position : 0;
    this.isInside = isThere && isInside;
  }

  /**
   * @returns undefined when there is no such file.
   * @throws ControlError, Error as `openLog` of `@vj/control`: never follows a link, nor waits for a FIFO.
   */
  static open(busDir: string, place: Place): LogPart | undefined {
    try {
      return new LogPart(openLog(busDir, place.name, "read"), place);
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Time of the last write, epoch milliseconds. */
  get changedAt(): number {
    return fstatSync(this.#fd).mtimeMs;
  }

  /** Whether this is the newest file of its log and nothing was written to it since the last look: one system call in place of several. */
  isReadWhole(newest: Pick<PartFacts, "inode" | "size"> | undefined): boolean {
    return newest?.inode === this.inode && newest.size === this.#position;
  }

  /** @param most largest number of bytes to read */
  read(most: number): PartBytes {
    const { size } = fstatSync(this.#fd);
    const wasCut = this.#wasCut(size);
    if (wasCut) this.#position = 0;
    const behind = size - this.#position;
    const passedOver = behind > longestBacklog ? behind - Math.min(most, longestBacklog) : 0;
    this.#position += passedOver;
    const buffer = Buffer.allocUnsafe(Math.min(most, size - this.#position));
    const bytes = buffer.subarray(0, readSync(this.#fd, buffer, 0, buffer.length, this.#position));
    this.#position += bytes.length;
    const before = wasCut || passedOver > 0 ? nothing : this.#overlap;
    this.#overlap = Buffer.concat([before, bytes.subarray(-overlapBytes)]).subarray(-overlapBytes);
    return { bytes, wasCut, passedOver, atEnd: this.#position >= size || bytes.length === 0 };
  }

  close(): void {
    closeSync(this.#fd);
  }

  #wasCut(size: number): boolean {
    if (size < this.#position) return true;
    const { length } = this.#overlap;
    if (size === this.#position || length === 0) return false;
    const there = Buffer.allocUnsafe(length);
    readSync(this.#fd, there, 0, length, this.#position - length);
    return !there.equals(this.#overlap);
  }
}
