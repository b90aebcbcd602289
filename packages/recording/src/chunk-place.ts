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
  /** Its messages stand in the file itself, beside each other, not in a chunk. */
  readonly plain?: true;
}

/** What is where in a recording. */
export interface RecordingIndex {
  /** In the order of their times. */
  readonly chunks: readonly ChunkPlace[];
  readonly channels: ReadonlyMap<number, Channel>;
  readonly schemas: ReadonlyMap<number, Schema>;
  readonly metadata: readonly Metadata[];
  /** The file was cut before its own index was written: this one was made by reading all of it. */
  readonly cut: boolean;
}
