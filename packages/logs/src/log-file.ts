import { closeSync, lstatSync, writeSync } from "node:fs";
import path from "node:path";
import { checkLogFolder, logFolder, openLog, systemErrorCode } from "@vj/control";
import { messageOf } from "@vj/schema";
import { logLimits, rotate } from "./rotation.ts";

/**
 * The log file of one process, written by that process alone: no reader, parent or sibling can block or kill it. Bounded:
 * see `rotate`. It writes nothing into a directory that is refused. Writing never throws; lines that could not be written (full
 * disk) are counted until a write succeeds.
 */
export class LogFile implements AsyncDisposable {
  readonly #busDir: string;
  readonly #name: string;
  readonly #file: string;
  readonly #limits: { fileBytes: number; oldFiles: number; checkMs: number };
  #fd: number | undefined;
  #inode = 0;
  #size = 0;
  #checkedAt = 0;
  #lost = 0;

  /** @param name of the file, in the log folder of the bus directory */
  constructor(busDir: string, name: string, limits: { fileBytes: number; oldFiles: number; checkMs: number } = logLimits) {
    this.#busDir = busDir;
    this.#name = name;
    this.#file = path.join(logFolder(busDir), name);
    this.#limits = limits;
  }

  /** Lines lost since the last successful write. */
  get lost(): number {
    return this.#lost;
  }

  /** Appends one line, which ends in a line break. @returns the reason if that failed. */
  write(line: string): string | undefined {
    try {
      const bytes = Buffer.from(line);
      const fd = this.#prepare(bytes.length);
      writeSync(fd, bytes);
      this.#size += bytes.length;
      this.#lost = 0;
      return undefined;
    } catch (error) {
      this.#lost += 1;
      return messageOf(error);
    }
  }

  /** Writing opens it again. */
  async close(): Promise<void> {
    this.#shut();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #shut(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #prepare(bytes: number): number {
    const now = Date.now();
    if (this.#fd !== undefined && Math.abs(now - this.#checkedAt) >= this.#limits.checkMs) {
      this.#checkedAt = now;
      if (this.#vanished()) this.#shut();
    }
    this.#fd ??= this.#open();
    if (this.#size > 0 && this.#size + bytes > this.#limits.fileBytes) {
      this.#shut();
      rotate(checkLogFolder(this.#busDir), this.#name, this.#limits.oldFiles);
      this.#fd = this.#open();
    }
    return this.#fd;
  }

  #open(): number {
    const { fd, stats } = openLog(this.#busDir, this.#name, "append");
    this.#size = stats.size;
    this.#inode = stats.ino;
    this.#checkedAt = Date.now();
    return fd;
  }

  /** The bus directory may be deleted under a running worker; the log then restarts in the new directory. */
  #vanished(): boolean {
    try {
      return lstatSync(this.#file).ino !== this.#inode;
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return true;
      throw error;
    }
  }
}
