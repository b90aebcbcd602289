import { closeSync, fstatSync, lstatSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { openOwn, systemErrorCode } from "@vj/files";

const chunkBytes = 65_536;
/** Read at once at most; of a file with more that is new, its end. Logs are cut long before. */
const mostBytes = 8 * 1_048_576;

/**
 * Reads a growing text file line by line, across rotation: the old file is read to its end, then the new one from its
 * beginning. A half-written line is held back until it is whole.
 */
export class LogTail {
  readonly #file: string;
  readonly #buffer = Buffer.alloc(chunkBytes);
  #fd: number | undefined;
  #inode = 0;
  #position = 0;
  #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(file: string) {
    this.#file = file;
  }

  /** The lines written since the last call; at first, all that are there. */
  read(): string[] {
    const lines: string[] = [];
    // Twice: the rest of a file that was rotated away, and what its successor holds.
    for (let turn = 0; turn < 2; turn += 1) {
      this.#fd ??= this.#open();
      if (this.#fd === undefined) return lines;
      this.#readOn(this.#fd, lines);
      if (!this.#replaced()) return lines;
      this.close();
    }
    return lines;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #open(): number | undefined {
    try {
      const { fd, stats } = openOwn(this.#file, "read");
      this.#inode = stats.ino;
      this.#position = 0;
      this.#rest = "";
      this.#decoder = new StringDecoder("utf8");
      return fd;
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  #readOn(fd: number, lines: string[]): void {
    const { size } = fstatSync(fd);
    // Somebody emptied it: begin again.
    if (size < this.#position) this.#position = 0;
    if (size - this.#position > mostBytes) {
      lines.push(`${size - mostBytes - this.#position} bytes of ${this.#file} passed over: too many at once`);
      this.#position = size - mostBytes;
      this.#rest = "";
    }
    // Its end as it is now: a writer that is faster than this loop must not keep it here.
    while (this.#position < size) {
      const bytes = readSync(fd, this.#buffer, 0, Math.min(chunkBytes, size - this.#position), this.#position);
      if (bytes === 0) return;
      this.#position += bytes;
      const parts = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, bytes))).split("\n");
      const rest = parts.pop() ?? "";
      // No line of a log is that long; what has no end is given up instead of kept.
      this.#rest = rest.length > mostBytes ? "" : rest;
      for (const line of parts) if (line !== "") lines.push(line);
    }
  }

  #replaced(): boolean {
    try {
      return lstatSync(this.#file).ino !== this.#inode;
    } catch (error) {
      // Between two names: the successor will be there at the next look.
      if (systemErrorCode(error) === "ENOENT") return true;
      throw error;
    }
  }
}
