import { statSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { diskFault } from "./disk-fault.ts";
import { FileError } from "./file-error.ts";
import { folderFault } from "./folder-fault.ts";
import { readJson } from "./read-json.ts";
import { kindOf } from "./kind.ts";
import { makeFolder } from "./make-folder.ts";
import { readBytes, readText, textFileBytes } from "./read-text.ts";
import type { ReadTextOptions } from "./read-text.ts";
import { checkStore } from "./safe-path.ts";

/**
 * A file of ours that holds one JSON value. A crash at any moment leaves the old value or the new one, never a part.
 * Links are followed: people link their settings.
 */
export interface JsonFile {
  readonly path: string;
  /**
   * The text of the file, without a byte order mark; undefined when the file does not exist. Never waits for a pipe or a
   * device.
   * @throws FileError, whose message begins with `cannot read`: `kind`, `too_long`, `unsafe`, `not_text`, or `unreadable`.
   */
  text(): string | undefined;
  /** The bytes of the file, whatever they are. @throws FileError as `text` does, but for `not_text`. */
  bytes(): Buffer | undefined;
  /**
   * The value of the file; undefined when the file does not exist. @throws FileError as `text` does, or `not_json`.
   */
  read(): unknown;
  /**
   * Replaces the value, indented for a person, and waits until it is on disk. Creates the directory (0700); the file is 0600.
   * @returns the text written. @throws FileError, whose message begins with `cannot save`: `kind`, `unsafe`, or `unwritable`
   * (a full disk, a read-only directory).
   */
  write(value: unknown): Promise<string>;
  /** Replaces the value at once, on one line; it may reach the disk later. @throws FileError as `write` does. */
  writeSync(value: unknown): void;
}

/** A file of JSON that is read with checks and replaced atomically. @param maxBytes longer files are refused; default 1 MiB */
export function jsonFile(file: string, { maxBytes = textFileBytes }: { readonly maxBytes?: number } = {}): JsonFile {
  const dir = path.dirname(file);
  const checked = <T>(read: (file: string, options: ReadTextOptions) => T): T => {
    try {
      checkStore(dir);
      return read(file, { maxBytes });
    } catch (error) {
      const reason = reasonOf(error);
      const code = error instanceof FileError ? error.code : "unreadable";
      throw new FileError(code, reason.startsWith(`cannot read ${file}`) ? reason : `cannot read ${file}: ${reason}`, { cause: error });
    }
  };
  const text = (): string | undefined => checked(readText);
  const prepare = (): void => {
    makeFolder(dir);
    checkStore(dir);
    checkReplaceable(file);
  };
  return {
    path: file,
    text,
    bytes: () => checked(readBytes),
    read() {
      const content = text();
      return content === undefined ? undefined : parse(file, content);
    },
    async write(value) {
      const content = `${JSON.stringify(value, null, 2)}\n`;
      try {
        prepare();
        await writeFileAtomic(file, content, { mode: 0o600, fsync: true });
        return content;
      } catch (error) {
        throw new FileError(error instanceof FileError ? error.code : "unwritable", `cannot save ${file}: ${whyNotSaved(dir, error)}`, { cause: error });
      }
    },
    writeSync(value) {
      try {
        prepare();
        writeFileAtomic.sync(file, JSON.stringify(value), { mode: 0o600, fsync: false });
      } catch (error) {
        throw new FileError(error instanceof FileError ? error.code : "unwritable", `cannot save ${file}: ${whyNotSaved(dir, error)}`, { cause: error });
      }
    },
  };
}

/**
 * Replaces a file (0600), or the one that a link leads to, in one step; it is on disk when this returns.
 * @throws FileError `kind`; Error of the file system.
 */
export function replaceFile(file: string, content: string | Uint8Array): void {
  checkReplaceable(file);
  writeFileAtomic.sync(file, Buffer.from(content), { mode: 0o600, fsync: true });
}

/**
 * The file at the end of a link is replaced, so it must not be a device. @throws FileError `kind` unless a plain file or nothing is
 * there.
 */
function checkReplaceable(file: string): void {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  if (stats?.isFile() === false) throw new FileError("kind", `it is not a file but ${kindOf(stats)}; remove it`);
}

function parse(file: string, content: string): unknown {
  const read = readJson(content);
  if (read.ok) return read.value;
  throw new FileError("not_json", `cannot read ${file}: ${read.fault}; correct it or move it away`);
}

/** The reason, and what helps where the folder or its disk is the cause. */
function whyNotSaved(dir: string, error: unknown): string {
  const reason = reasonOf(error);
  if (error instanceof FileError) return reason;
  const fault = folderFault(dir);
  if (fault !== undefined) return `${reason}; ${dir} ${fault}. Or name another folder by VJ_CONFIG_DIR, VJ_DATA_DIR or VJ_CACHE_DIR`;
  const full = diskFault(dir);
  return full === undefined ? reason : `${reason}; ${full}: make room on it`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
