import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { FileError } from "./file-error.ts";
import { kindOf, openFault } from "./kind.ts";

/**
 * Opens a file that a person chose (music, a history), for reading; links are followed, and the owner is not checked.
 * Anything but a plain file is refused without waiting: a blocked open would occupy a thread of Node's pool for ever, and
 * the process could not even end.
 * @returns a handle for the caller to close.
 * @throws FileError `kind`, which names what it is instead; a system error (`ENOENT` …) as it is.
 */
export async function openMedia(file: string): Promise<FileHandle> {
  // Checked before it is opened, because opening a device may have effects.
  const before = await stat(file);
  if (!before.isFile()) throw new FileError("kind", `${file} is not a file but ${kindOf(before)}`);
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw openFault(file, error);
  }
  const opened = await handle.stat();
  if (opened.isFile()) return handle;
  await handle.close();
  throw new FileError("kind", `${file} is not a file but ${kindOf(opened)}`);
}
