import { abortable, refuseAborted } from "./abort.ts";
import type { AbortOptions } from "./abort.ts";
import { openSource } from "./byte-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { loadCodec, unpackChunk } from "./codec.ts";
import { RecordingError } from "./errors.ts";
import { mostOfChunk } from "./limits.ts";
import { indexOf } from "./recording-index.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";
import { chunkContent, readChunk, opcodes, recordHead } from "./records.ts";
import type { Channel } from "./records.ts";

/** A message of a recording. */
export interface RecordedMessage {
  readonly channel: Channel;
  /** When it was received, epoch nanoseconds. */
  readonly at: bigint;
  /** When it was sent, epoch nanoseconds: before `at` for the states with which a part begins. */
  readonly published: bigint;
  /** An earlier part of a joined recording has it already. */
  readonly repeated?: true;
  /** Its bytes; a view of the chunk. */
  readonly data: Uint8Array;
}

/** A recording that is open for reading. */
export interface Recording extends AsyncDisposable, RecordingIndex {
  /** Times of its first and last message, epoch nanoseconds; both 0 when it has none. */
  readonly start: bigint;
  readonly end: bigint;
  /** The messages of a chunk, ordered by time; of equal times as they were received. @throws RecordingError */
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
  return {
    ...index,
    start: index.chunks[0]?.start ?? 0n,
    end: index.chunks.reduce((latest, { end }) => (end > latest ? end : latest), 0n),
    read: async (place) => messagesOf(recordsAt(place, await source.read(place.offset, place.length)), index.channels),
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

function messagesOf(records: Uint8Array, channels: ReadonlyMap<number, Channel>): RecordedMessage[] {
  const messages: RecordedMessage[] = [];
  let ordered = true;
  let last = 0n;
  for (const content of chunkContent(records)) {
    if (content.type !== "message") continue;
    const channel = channels.get(content.channelId);
    // Its channel was defined in a chunk that is damaged, so its address is unknown.
    if (channel === undefined) continue;
    if (content.at < last) ordered = false;
    last = content.at;
    messages.push({ channel, at: content.at, published: content.published, data: content.data });
  }
  return ordered ? messages : messages.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
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
      const messages = await recording.read(place);
      anyRead = true;
      yield place.start < from ? messages.filter(({ at }) => at >= from) : messages;
    } catch (error) {
      if (!(error instanceof RecordingError) || (error.code !== "damaged" && !anyRead)) throw error;
      onDamage?.(error);
    }
  }
}
