import type { Channel, Metadata, Schema } from "./records.ts";

/** Where a chunk is, and what it holds. */
export interface ChunkPlace {
  /** Bytes. */
  readonly offset: number;
  readonly length: number;
  /** Times of its first and last message, epoch nanoseconds. */
  readonly start: bigint;
  readonly end: bigint;
  /** Channels with messages in it. */
  readonly channels: Uint16Array;
  /** Its length once it is decompressed, as the index claims. */
  readonly unpacked?: number;
  /** Its messages are in the file itself, one after the other, not in a chunk. */
  readonly plain?: true;
}

/** The places of all chunks of a recording. */
export interface RecordingIndex {
  /** In the order of their times. */
  readonly chunks: readonly ChunkPlace[];
  readonly channels: ReadonlyMap<number, Channel>;
  readonly schemas: ReadonlyMap<number, Schema>;
  readonly metadata: readonly Metadata[];
  /** The file was cut before its index was written, so this index was made by reading the whole file. */
  readonly cut: boolean;
}
