/** Bounds of what is read from a recording, which may come from a stranger: sizes in it are claims. Bytes unless the name says otherwise. */
export const recordingLimits = {
  /** Longest record that is read into memory. */
  recordBytes: 64 * 1_048_576,
  /** Longest chunk once it is decompressed. */
  chunkBytes: 64 * 1_048_576,
  /** Longest summary at the end of a file; five hours of a full rig have 20 MiB. */
  summaryBytes: 256 * 1_048_576,
  /** Names, encodings and metadata of all channels together. */
  definitionBytes: 16 * 1_048_576,
  /** Chunks of one file: a day of a full rig in one file. */
  chunks: 500_000,
} as const;

/** Time between two chunks, milliseconds: a crash loses the messages since the last one. */
export const chunkMs = 500;
/** A chunk of this length, before compression, is written earlier. */
export const chunkBytes = 1_048_576;
