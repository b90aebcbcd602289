import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Stats } from "node:fs";
import { FileError } from "./file-error.ts";
import { kindOf, openFault, ownUid } from "./kind.ts";

/** An open file; the caller must close `fd`. */
export interface OpenedFile {
  readonly fd: number;
  readonly stats: Stats;
}

/** `read`; `append`, also to a new file; `create` a new file only; `update` an existing one only. */
export type FileAccess = "read" | "append" | "create" | "update";

const { O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants;
const flags: Readonly<Record<FileAccess, number>> = {
  read: O_RDONLY,
  append: O_WRONLY | O_APPEND | O_CREAT,
  create: O_WRONLY | O_CREAT | O_EXCL,
  update: O_RDWR,
};

/**
 * Opens a file that must be this user's own, mode 0600 if it is new. Never waits. Refuses a link, anything but a plain
 * file, another user's file, and a file with a second name (hard link). The checks apply to the opened file, not to what
 * the path led to before.
 * @throws FileError `kind` or `unsafe`; a system error (`ENOENT`, `EEXIST`, `EACCES` …) as it is.
 */
export function openOwn(file: string, access: FileAccess): OpenedFile {
  const fd = open(file, access);
  try {
    const stats = fstatSync(fd);
    const fault = ownFault(stats);
    if (fault !== undefined) throw new FileError(stats.isFile() ? "unsafe" : "kind", `refusing ${file}: ${fault}; remove it`);
    return { fd, stats };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Writes all of a small file of ours, opened as in {@link openOwn}. @throws as it does. */
export function writeOwn(file: string, access: "create" | "update", text: string): void {
  const { fd } = openOwn(file, access);
  try {
    ftruncateSync(fd);
    writeSync(fd, text);
  } finally {
    closeSync(fd);
  }
}

function open(file: string, access: FileAccess): number {
  try {
    return openSync(file, flags[access] | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    throw openFault(file, error);
  }
}

function ownFault(stats: Stats): string | undefined {
  if (!stats.isFile()) return `it is ${kindOf(stats)}`;
  const own = ownUid();
  if (own !== undefined && stats.uid !== own) return `it belongs to another user (uid ${stats.uid})`;
  // The count is 0 when the file was deleted meanwhile.
  if (stats.nlink > 1) return "it is the same file as one elsewhere (a hard link)";
  return undefined;
}
