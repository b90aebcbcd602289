import type { ByteSource } from "./byte-source.ts";
import { RecordingError } from "./errors.ts";

/** Options of calls that may read for long. */
export interface AbortOptions {
  /** Cancels the call: it rejects before its next read, with a RecordingError `aborted`. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws RecordingError `aborted` when the signal has been aborted */
export function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new RecordingError("aborted", "reading the recording was aborted", { cause: signal.reason });
}

/** The same bytes, to be read until the signal aborts: a read after that throws RecordingError `aborted`. */
export function abortable(source: ByteSource, signal: AbortSignal | undefined): ByteSource {
  const { size, close, [Symbol.asyncDispose]: dispose } = source;
  return {
    size,
    close,
    [Symbol.asyncDispose]: dispose,
    async read(offset, length, limit) {
      refuseAborted(signal);
      return source.read(offset, length, limit);
    },
  };
}
