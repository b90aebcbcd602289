import type { FileHandle } from "node:fs/promises";
import { openMedia } from "@vj/files";
import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";

/** Bytes that can be read at any place. */
export interface ByteSource extends AsyncDisposable {
  /** Size when it was opened, bytes. A file that is still being written grows beyond it. */
  readonly size: number;
  /**
   * @param limit longest read, bytes; default {@link recordingLimits}.recordBytes
   * @throws RecordingError `damaged` beyond the end, `too_large` beyond the limit; errors of the file system
   */
  read(offset: number, length: number, limit?: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Opens a file that a person chose. @throws FileError `kind` when it is not a plain file; system errors as they are */
export async function openSource(file: string): Promise<ByteSource> {
  const handle = await openMedia(file);
  try {
    const { size } = await handle.stat();
    return sourceOf(handle, size);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function sourceOf(handle: FileHandle, size: number): ByteSource {
  const close = (): Promise<void> => handle.close();
  return {
    size,
    async read(offset, length, limit = recordingLimits.recordBytes) {
      if (length > limit) throw new RecordingError("too_large", `a record of ${length} bytes, more than ${limit}`);
      if (offset < 0 || offset + length > size) throw new RecordingError("damaged", "it points beyond its end");
      const bytes = new Uint8Array(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw new RecordingError("damaged", "it became shorter while it was read");
        filled += bytesRead;
      }
      return bytes;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
