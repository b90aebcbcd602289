/** A frame header, with the length of the frame. */
export interface FrameHeader {
  /** Bytes of the frame, including the header. */
  readonly length: number;
  /** Samples in the frame, per channel. */
  readonly samples: number;
  /** Properties that are constant within a stream, in one number: version, layer, rate and number of channels. */
  readonly format: number;
  readonly mono: boolean;
  /** MPEG 1, with twice the samples of MPEG 2 and 2.5. */
  readonly full: boolean;
}

/** Reads the header at `at`; undefined where there is none. */
export type ReadHeader = (data: Uint8Array, at: number) => FrameHeader | undefined;

/** Longest header, bytes. */
export const headerBytes = 7;

/** kbit/s by index, for layer 1, 2 and 3 of MPEG 1, then layer 1 and layers 2 and 3 of MPEG 2. */
const bitrates = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;

/** MPEG audio, layers 1 to 3 (MP3). Streams without a bitrate in their headers ("free format") are not supported: `isFreeFormat`. */
export function mpegHeader(data: Uint8Array, at: number): FrameHeader | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = data.subarray(at, at + 4);
  const versionBits = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rateIndex = (third >> 2) & 3;
  if (first !== 0xff || second < 0xe0 || versionBits === 1 || layer === 4 || rateIndex === 3 || (fourth & 3) === 2) return undefined;
  const full = versionBits === 3;
  const kilobits = bitrates[full ? layer - 1 : layer === 1 ? 3 : 4]?.[third >> 4] ?? 0;
  if (kilobits === 0) return undefined;
  const rate = ([44_100, 48_000, 32_000][rateIndex] ?? 0) / (full ? 1 : versionBits === 2 ? 2 : 4);
  const samples = layer === 1 ? 384 : layer === 3 && !full ? 576 : 1152;
  const slot = layer === 1 ? 4 : 1;
  const padding = (third >> 1) & 1;
  const length = (Math.floor((samples / 8 / slot) * ((kilobits * 1000) / rate)) + padding) * slot;
  const mono = fourth >> 6 === 3;
  return { length, samples, format: (second & 0x1e) * 16 + rateIndex * 2 + (mono ? 1 : 0), mono, full };
}

/** Whether a header of MPEG audio without a bitrate is at `at`. */
export function isFreeFormat(data: Uint8Array, at: number): boolean {
  const third = data[at + 2] ?? 0xff;
  // The same header with some bitrate is valid.
  return third >> 4 === 0 && mpegHeader(Uint8Array.of(data[at] ?? 0, data[at + 1] ?? 0, third | 0x10, data[at + 3] ?? 0), 0) !== undefined;
}

/** AAC in ADTS frames. */
export function adtsHeader(data: Uint8Array, at: number): FrameHeader | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0] = data.subarray(at, at + headerBytes);
  if (first !== 0xff || (second & 0xf6) !== 0xf0 || ((third >> 2) & 15) > 12) return undefined;
  const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  if (length <= headerBytes) return undefined;
  const channels = ((third & 1) << 2) | (fourth >> 6);
  return { length, samples: 1024 * (1 + (seventh & 3)), format: (third >> 2) * 8 + channels, mono: channels === 1, full: true };
}
