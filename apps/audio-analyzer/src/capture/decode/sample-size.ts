/** What the header of a WAV file says about the size of its samples. */
export interface DeclaredSizes {
  readonly channels: number;
  /** Hz */
  readonly sampleRate: number;
  /** Bytes of one sample of all channels. */
  readonly blockBytes: number;
  /** Bytes of one second. */
  readonly bytesPerSecond: number;
  /** Bits of one sample of one channel. */
  readonly bits: number;
}

/**
 * Bytes of one sample of one channel. A header declares them three times, and one of the three can be wrong: what bits and
 * rate agree on counts, then the block, then one of these two.
 * @param possible the sizes that samples of this kind can have
 * @returns undefined where the header does not declare it
 */
export function sampleBytes({ channels, sampleRate, blockBytes, bytesPerSecond, bits }: DeclaredSizes, possible: readonly number[]): number | undefined {
  const byBits = bits >= 8 ? Math.ceil(bits / 8) : 0;
  const byRate = bytesPerSecond / sampleRate / channels;
  const declared = [...(byRate === byBits ? [byRate] : []), blockBytes / channels, byRate, byBits];
  return possible.length === 1 ? possible[0] : declared.find((bytes) => possible.includes(bytes));
}
