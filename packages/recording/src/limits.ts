/** Bounds of what is read from a recording, which may come from a stranger: sizes in it are claims. Bytes unless the name says otherwise. */
export const recordingLimits = {
  /** Longest record that is read into memory. */
  recordBytes: 64 * 1_048_576,
  /** Longest chunk once it is decompressed. */
  chunkBytes: 64 * 1_048_576,
  /** Longest summary at the end of a file; five hours of a full rig have 40 MiB. */
  summaryBytes: 256 * 1_048_576,
  /** Channels and schemas together, as they are stored. */
  definitionBytes: 16 * 1_048_576,
  /** One channel, schema or metadata record. */
  factBytes: 4 * 1_048_576,
  /** Metadata records together; further ones are left out. */
  metadataBytes: 16 * 1_048_576,
  /** Chunks of one file: a day of a full rig in one file. */
  chunks: 500_000,
} as const;

/** How often the bytes of all chunks together may be those of the file: telemetry shrinks to a tenth, a file made to waste time to a ten-thousandth. */
const mostGrowth = 256;

/** A chunk of that length, stored, is never longer than this once it is decompressed, unless it was made to waste time. Both in bytes. */
export function mostOfChunk(stored: number): number {
  return chunkBytes + mostGrowth * stored;
}

/** Bytes of all chunks of a file together once they are decompressed. @param size of the file, bytes */
export function mostUnpacked(size: number): number {
  return recordingLimits.chunkBytes + mostGrowth * size;
}

/**
 * Time between two chunks, milliseconds. A crash loses the messages since the last one that is in the file: a quarter of what may be lost, so
 * that three quarters of a second are left for a busy machine and a slow disk.
 */
export const chunkMs = 250;
/** A chunk of this length, before compression, is written earlier. */
export const chunkBytes = 1_048_576;
