import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { syncFile } from "@vj/files";
import type { ByteSink } from "./recording-writer.ts";

/** A new file that only grows by whole pieces. */
export interface PartFile extends ByteSink, AsyncDisposable {
  /** Writes to the disk what the system still buffers. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** How a new file is created. */
export interface PartFileOptions {
  /** Who may read and write it, less what the umask takes away; default 0600: its owner alone. */
  readonly mode?: number | undefined;
}

/** Creates a file that only its owner can read, unless `mode` says otherwise. @throws system errors; `EEXIST` when the name is taken */
export async function createPartFile(file: string, { mode = 0o600 }: PartFileOptions = {}): Promise<PartFile> {
  const handle = await open(file, "wx", mode);
  let end = 0;
  const close = (): Promise<void> => handle.close();
  return {
    async append(bytes) {
      try {
        await writeAll(handle, bytes, end);
      } catch (error) {
        // If this fails too, the next piece overwrites what was written of this one.
        await handle.truncate(end).catch(() => {});
        throw error;
      }
      end += bytes.byteLength;
    },
    sync: () => syncFile(handle),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, place: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, place + done);
    done += bytesWritten;
  }
}
