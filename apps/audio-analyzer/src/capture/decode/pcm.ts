/** Decoded sound: one array per channel, all of one length, -1..1. */
export interface Pcm {
  readonly channelData: readonly Float32Array[];
  /** Hz */
  readonly sampleRate: number;
}

/** Output of a codec for a piece of its stream. `errors`: the parts that it could not decode, a list or a number. */
export interface Decoded extends Pcm {
  readonly samplesDecoded?: number;
  readonly errors?: number | readonly unknown[];
}

/** The interface of the libraries' codecs. */
export interface Codec {
  decode(data: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Decoded | Promise<Decoded>;
  free(): void;
}

/** Bytes that are not what they claim to be. The message completes "<path> ...". */
export class UnreadableError extends Error {}

/** Advice for a recording in a format that cannot be played. */
export const howToConvert = "convert it, for example with: ffmpeg -i OLD NEW.flac";

/** Tolerated damage of a stream: a share of its pieces, and at least a number of them. */
export interface Tolerance {
  readonly share: number;
  readonly pieces: number;
}

/** For frames of some hundredths of a second: single gaps are common in recordings of radio. */
export const tolerateGaps: Tolerance = { share: 0.02, pieces: 5 };
export const tolerateNothing: Tolerance = { share: 0, pieces: 0 };

/** A sample this large means that the decoder was fed something other than sound; loud music stays below 2. */
const largestSample = 4;

/** Counts pieces that cannot be decoded. */
export interface Damage {
  /** Throws UnreadableError when too much is damaged to be played. */
  count(good: number, broken: number): void;
  /** Like `count`, at the end of the stream. */
  end(): void;
}

export function createDamage({ share, pieces }: Tolerance): Damage {
  let good = 0;
  let broken = 0;
  const end = (): void => {
    const tolerated = Math.max(pieces, share * (good + broken));
    if (broken > tolerated || (broken > 0 && good === 0)) {
      throw new UnreadableError(`is damaged: ${broken} of ${good + broken} pieces cannot be decoded; copy it again from where it came from`);
    }
  };
  return {
    count(more, moreBroken) {
      good += more;
      broken += moreBroken;
      if (broken > 100) end();
    },
    end,
  };
}

/**
 * Decodes pieces with a new codec and frees it at the end; each piece counts as one.
 * @param judge whether decoded sound is damaged although the codec reported no error; it may repair the sound
 */
export async function* decodeWith(
  openCodec: () => Promise<Codec>,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  damage: Damage,
  judge: (sound: Pcm) => boolean = () => false,
): AsyncGenerator<Pcm> {
  const codec = await openCodec();
  try {
    for await (const piece of pieces) {
      const decoded = await codec.decode(piece);
      const { errors = 0 } = decoded;
      const broken = typeof errors === "number" ? errors : errors.length;
      damage.count(broken === 0 ? 1 : 0, broken);
      const sound = soundOf(decoded);
      if (sound === undefined) continue;
      if (judge(sound)) damage.count(0, 1);
      yield sound;
    }
    const rest = codec.flush === undefined ? undefined : soundOf(await codec.flush());
    if (rest !== undefined) yield rest;
  } finally {
    codec.free();
  }
}

function soundOf({ channelData, sampleRate, samplesDecoded }: Decoded): Pcm | undefined {
  const length = Math.min(samplesDecoded ?? Number.POSITIVE_INFINITY, channelData[0]?.length ?? 0);
  return length === 0 ? undefined : { channelData: channelData.map((channel) => channel.subarray(0, length)), sampleRate };
}

/** For codecs without errors for damaged frames: whether this is noise; if so it is silenced. */
export function silenceNoise({ channelData }: Pcm): boolean {
  let noise = false;
  for (const channel of channelData) {
    if (channel.every((sample) => Math.abs(sample) < largestSample)) continue;
    channel.fill(0);
    noise = true;
  }
  return noise;
}

/** Drops `skip` samples at the beginning, and everything after `length` more. */
export async function* trim(parts: AsyncIterable<Pcm>, skip: number, length: () => number): AsyncGenerator<Pcm> {
  let at = 0;
  for await (const { channelData, sampleRate } of parts) {
    const count = channelData[0]?.length ?? 0;
    const from = Math.min(count, Math.max(0, skip - at));
    const to = Math.max(from, Math.min(count, skip + length() - at));
    at += count;
    if (to > from) yield { channelData: channelData.map((channel) => channel.subarray(from, to)), sampleRate };
  }
}
