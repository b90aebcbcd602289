import { abortable, refuseAborted } from "./abort.ts";
import type { AbortOptions } from "./abort.ts";
import { openSource } from "./byte-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { loadCodec, unpackChunk } from "./codec.ts";
import { RecordingError } from "./errors.ts";
import { mostOfChunk } from "./limits.ts";
import { indexOf } from "./recording-index.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";
import { messagesOf } from "./messages-of.ts";
import type { RecordedMessage } from "./messages-of.ts";
import { readChunk, opcodes, recordHead } from "./records.ts";

/** A recording that is open for reading. */
export interface Recording extends AsyncDisposable, RecordingIndex {
  /** Times of its first and last message, epoch nanoseconds; both 0 when it has none. */
  readonly start: bigint;
  readonly end: bigint;
  /**
   * The messages of a chunk, ordered by time; of equal times as they were received; some thousand at once, since a chunk may have two million.
   * @throws RecordingError before the first ones
   */
  batches(place: ChunkPlace): AsyncGenerator<RecordedMessage[], void, void>;
  /** All of them. @throws RecordingError */
  read(place: ChunkPlace): Promise<RecordedMessage[]>;
  close(): Promise<void>;
}

/**
 * Opens a recording. One that was cut, or is still being written, is read as far as it is whole at this moment. The signal ends only
 * the opening, which reads the whole of a file without an index.
 * @throws RecordingError when it cannot be read; system errors as they are
 */
export async function openRecording(file: string, { signal }: AbortOptions = {}): Promise<Recording> {
  await loadCodec();
  const source = await openSource(file);
  try {
    return recordingOf(source, await indexOf(abortable(source, signal)));
  } catch (error) {
    await source.close();
    throw error;
  }
}

function recordingOf(source: ByteSource, index: RecordingIndex): Recording {
  const close = (): Promise<void> => source.close();
  async function* batches(place: ChunkPlace): AsyncGenerator<RecordedMessage[], void, void> {
    yield* messagesOf(recordsAt(place, await source.read(place.offset, place.length)), index.channels);
  }
  return {
    ...index,
    start: index.chunks[0]?.start ?? 0n,
    end: index.chunks.reduce((latest, { end }) => (end > latest ? end : latest), 0n),
    batches,
    read: (place) => allOf(batches(place)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function recordsAt({ plain, unpacked = Infinity }: ChunkPlace, bytes: Uint8Array): Uint8Array {
  if (plain === true) return bytes;
  if (bytes[0] !== opcodes.chunk) throw new RecordingError("damaged", "its index points to something other than a chunk");
  const chunk = readChunk(bytes.subarray(recordHead));
  // A wrong index alone does no harm; but together with such chunks it may make a small file take hours.
  if (chunk.uncompressedSize > unpacked && chunk.uncompressedSize > mostOfChunk(bytes.byteLength)) throw new RecordingError("damaged", "a chunk is longer than its index claims");
  return unpackChunk(chunk);
}

/** All messages of a chunk. */
export async function allOf(batches: AsyncIterable<readonly RecordedMessage[]>): Promise<RecordedMessage[]> {
  const all: RecordedMessage[] = [];
  for await (const messages of batches) for (const message of messages) all.push(message);
  return all;
}

/** How messages are read. */
export interface MessagesOptions extends AbortOptions {
  /** Called with the fault of a chunk that is left out. */
  readonly onDamage?: ((fault: RecordingError) => void) | undefined;
}

/**
 * All messages from a time on, one chunk after the other; a damaged chunk is left out.
 * @param from epoch nanoseconds @throws RecordingError `aborted`, or when no chunk can be read
 */
export async function* messagesFrom(recording: Recording, from: bigint, { onDamage, signal }: MessagesOptions = {}): AsyncGenerator<RecordedMessage[], void, void> {
  let anyRead = false;
  for (const place of recording.chunks) {
    if (place.end < from) continue;
    refuseAborted(signal);
    try {
      for await (const messages of recording.batches(place)) {
        anyRead = true;
        yield place.start < from ? messages.filter(({ at }) => at >= from) : messages;
      }
    } catch (error) {
      if (!(error instanceof RecordingError) || (error.code !== "damaged" && !anyRead)) throw error;
      onDamage?.(error);
    }
  }
}
