import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { systemErrorCode } from "@vj/control";

const chunkBytes = 65_536;

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
      const fd = openSync(this.#file, "r");
      this.#inode = fstatSync(fd).ino;
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
    // Somebody emptied it: begin again.
    if (fstatSync(fd).size < this.#position) this.#position = 0;
    for (;;) {
      const bytes = readSync(fd, this.#buffer, 0, chunkBytes, this.#position);
      if (bytes === 0) return;
      this.#position += bytes;
      const parts = (this.#rest + this.#decoder.write(this.#buffer.subarray(0, bytes))).split("\n");
      this.#rest = parts.pop() ?? "";
      for (const line of parts) if (line !== "") lines.push(line);
    }
  }

  #replaced(): boolean {
    try {
      return statSync(this.#file).ino !== this.#inode;
    } catch (error) {
      // Between two names: the successor will be there at the next look.
      if (systemErrorCode(error) === "ENOENT") return true;
      throw error;
    }
  }
}
