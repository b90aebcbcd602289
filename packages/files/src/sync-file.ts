import { fsync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { promisify } from "node:util";

const syncDescriptor = promisify(fsync);

/** Writes to the disk what the system still buffers of an open file. Its own `sync()` is missing under yarn's Plug'n'Play. @throws system errors */
export async function syncFile(handle: Pick<FileHandle, "fd">): Promise<void> {
  await syncDescriptor(handle.fd);
}
