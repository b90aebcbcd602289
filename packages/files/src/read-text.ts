import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { decodeText } from "./decode-text.ts";
import { FileError } from "./file-error.ts";
import type { FileErrorCode } from "./file-error.ts";
import { kindOf, openFault, ownUid, systemErrorCode } from "./kind.ts";

/** Default limit for a text file that is read whole, bytes. */
export const textFileBytes = 1_048_576;

/** Which files are refused. */
export interface ReadTextOptions {
  /** Longer files are refused; default {@link textFileBytes}. */
  readonly maxBytes?: number;
  /** Accept any owner; default false: only this user or root. */
  readonly anyOwner?: boolean;
}

/**
 * Reads a text file whole. Never waits and reads a bounded amount, even from a FIFO, a device, a directory or an endless
 * file. Links are followed, because people link their settings; see `storeFault` for the directory. A byte order mark is
 * skipped; UTF-16 with one is decoded; bytes that are not text are a fault, whose message has line and column.
 * @returns undefined when there is no such file; a link that leads nowhere is a fault.
 * @throws FileError `kind`, `unsafe`, `too_long`, `not_text` or `unreadable`, whose message begins with `cannot read` and the file; another system error (`EACCES` …) as it
 * is.
 */
export function readText(file: string, options: ReadTextOptions = {}): string | undefined {
  const bytes = readBytes(file, options);
  if (bytes === undefined) return undefined;
  const read = decodeText(bytes);
  if (read.ok) return read.text;
  throw cannotRead(file, "not_text", `${read.fault}; save it as UTF-8 text, or move it away`);
}

/** The bytes of a file, read whole with the same checks. @throws as `readText` does, but for `not_text`. */
export function readBytes(file: string, { maxBytes = textFileBytes, anyOwner = false }: ReadTextOptions = {}): Buffer | undefined {
  let fd: number;
  try {
    // Checked before it is opened, because opening a device may have effects.
    check(file, statSync(file), maxBytes, anyOwner);
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT" && !isLink(file)) return undefined;
    throw readFault(file, error);
  }
  try {
    check(file, fstatSync(fd), maxBytes, anyOwner);
    return readAll(file, fd, maxBytes);
  } finally {
    closeSync(fd);
  }
}

function check(file: string, stats: Stats, maxBytes: number, anyOwner: boolean): void {
  if (!stats.isFile()) throw cannotRead(file, "kind", `it is not a file but ${kindOf(stats)}; move it away`);
  const own = ownUid();
  if (!anyOwner && own !== undefined && stats.uid !== own && stats.uid !== 0) {
    throw cannotRead(file, "unsafe", `it belongs to another user (uid ${stats.uid}); move it away`);
  }
  if (stats.size > maxBytes) throw cannotRead(file, "too_long", `it is too long: it has ${stats.size} bytes, ${maxBytes} are allowed; shorten it or move it away`);
}

function readFault(file: string, error: unknown): unknown {
  switch (systemErrorCode(error)) {
    case "ENOENT":
      return cannotRead(file, "unreadable", "it is a link that leads nowhere; restore the file that it leads to, or remove the link", error);
    case "ELOOP":
      return cannotRead(file, "unreadable", "it is a link that leads in a circle; remove the link", error);
    default:
      return openFault(file, error);
  }
}

function cannotRead(file: string, code: FileErrorCode, why: string, cause?: unknown): FileError {
  return new FileError(code, `cannot read ${file}: ${why}`, { cause });
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Some files, such as those of /proc, have a size of 0 although they have content; others grow while they are read. */
function readAll(file: string, fd: number, maxBytes: number): Buffer {
  const buffer = Buffer.alloc(Math.min(maxBytes + 1, Math.max(65_536, fstatSync(fd).size + 1)));
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const bytes = read(file, fd, buffer);
    if (bytes === 0) return Buffer.concat(parts);
    total += bytes;
    if (total > maxBytes) throw cannotRead(file, "too_long", `it is too long: more than ${maxBytes} bytes were read; move it away`);
    parts.push(Buffer.from(buffer.subarray(0, bytes)));
  }
}

function read(file: string, fd: number, buffer: Buffer): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, null);
  } catch (error) {
    if (systemErrorCode(error) !== "EAGAIN") throw error;
    throw cannotRead(file, "kind", "it is not a plain file: reading it would block; move it away", error);
  }
}
