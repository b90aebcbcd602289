import { closeSync, fstatSync, mkdirSync, openSync, statSync, truncateSync, writeSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "@vj/control";
import { readTail } from "./file-tail.ts";

const maxBytes = 1_048_576;
const keptBytes = 262_144;

/** Where the log files of the workers are. */
export function logFolder(busDir: string): string {
  return path.join(busDir, "logs");
}

/**
 * Opens the file that takes what a worker prints: crashes and the noise of native libraries. A file, not a pipe, so that
 * the worker neither blocks nor ends when the manager is gone.
 * @returns a descriptor for the caller to close, and the size so far.
 */
export function openOutput(file: string): { fd: number; size: number } {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  trimOutput(file);
  const fd = openSync(file, "a", 0o600);
  return { fd, size: fstatSync(fd).size };
}

/**
 * Keeps the end of a file that has grown too large. Its writers append, so they go on behind the new end; what they print
 * in the instant between reading and cutting is lost.
 * @returns whether it was cut.
 */
export function trimOutput(file: string, limit = maxBytes, kept = keptBytes): boolean {
  if (sizeOf(file) <= limit) return false;
  const text = readTail(file, kept);
  truncateSync(file);
  const fd = openSync(file, "a");
  try {
    writeSync(fd, text.slice(text.indexOf("\n") + 1));
  } finally {
    closeSync(fd);
  }
  return true;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return 0;
    throw error;
  }
}
