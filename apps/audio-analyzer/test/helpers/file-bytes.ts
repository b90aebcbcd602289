import { readFileSync } from "node:fs";

/** A recording among the fixtures; all contain the music of `music.ts`. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/music/${name}`, import.meta.url));
}

export const zeros = (length: number): Buffer => Buffer.alloc(length);

/** Random bytes, the same ones each time. */
export function junk(length: number, seed = 1): Buffer {
  let state = seed;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
}

/** Whole numbers of the given width, one after the other. */
export function numbers(bytes: 1 | 2 | 4 | 8, endian: "LE" | "BE", ...values: number[]): Buffer {
  return Buffer.concat(
    values.map((value) => {
      const number = Buffer.alloc(8);
      number.writeBigUInt64BE(BigInt(value));
      const short = number.subarray(8 - bytes);
      return endian === "BE" ? short : Buffer.from(short.toReversed());
    }),
  );
}

/** An ID3v2 tag with a body, padded with zeros to `length`. */
export function id3(length: number, body = zeros(0), major = 3): Buffer {
  const size = [21, 14, 7, 0].map((shift) => (length >> shift) & 0x7f);
  return Buffer.concat([Buffer.from("ID3"), Buffer.from([major, 0, 0, ...size]), body, zeros(length - body.length)]);
}

/** An APE tag with its header and footer, as at the end of a file. */
export function apeTag(body: Buffer): Buffer {
  const edge = (flags: number): Buffer =>
    Buffer.concat([Buffer.from("APETAGEX"), numbers(4, "LE", 2000, body.length + 32, 1, flags), zeros(8)]);
  return Buffer.concat([edge(0xa0000000), body, edge(0x80000000)]);
}

export const id3v1 = Buffer.concat([Buffer.from("TAG"), zeros(125)]);

/** A chunk of a RIFF or, with BE, an AIFF file. `size`: the declared size. `padded`: whether an odd one is followed by a zero. */
export function chunk(
  name: string,
  body: Buffer,
  { size = body.length, endian = "LE", padded = true }: { size?: number; endian?: "LE" | "BE"; padded?: boolean } = {},
): Buffer {
  return Buffer.concat([Buffer.from(name), numbers(4, endian, size), body, zeros(padded ? body.length % 2 : 0)]);
}

export interface WaveFormat {
  tag?: number;
  channels?: number;
  sampleRate?: number;
  bits?: number;
  blockBytes?: number;
  bytesPerSecond?: number;
}

/** The format chunk of a WAV file. */
export function formatChunk(
  { tag = 1, channels = 1, sampleRate = 22_050, bits = 16, blockBytes = (channels * bits) / 8, bytesPerSecond = sampleRate * blockBytes }: WaveFormat,
  endian: "LE" | "BE" = "LE",
): Buffer {
  const rate = numbers(4, endian, sampleRate, bytesPerSecond % 2 ** 32);
  return chunk("fmt ", Buffer.concat([numbers(2, endian, tag, channels), rate, numbers(2, endian, blockBytes, bits)]), { endian });
}

/** A RIFF file of chunks. `size`: the declared size. */
export function riff(chunks: readonly Buffer[], { mark = "RIFF", size }: { mark?: string; size?: number } = {}): Buffer {
  const body = Buffer.concat(chunks);
  return Buffer.concat([Buffer.from(mark), numbers(4, mark === "RIFX" ? "BE" : "LE", size ?? body.length + 4), Buffer.from("WAVE"), body]);
}

/** Samples of -1..1 as integers. */
export function pcm(samples: Float32Array, bytes: 2 | 3 | 4 = 2, endian: "LE" | "BE" = "LE"): Buffer {
  const data = Buffer.alloc(samples.length * bytes);
  const scale = 2 ** (bytes * 8 - 1) - 1;
  samples.forEach((sample, i) => {
    if (endian === "LE") data.writeIntLE(Math.round(sample * scale), i * bytes, bytes);
    else data.writeIntBE(Math.round(sample * scale), i * bytes, bytes);
  });
  return data;
}

/** A chunk of Sony's W64, whose name is the beginning of a long one. */
export function wideChunk(name: string, body: Buffer): Buffer {
  const rest = Buffer.from("f3acd3118cd100c04f8edb8a", "hex");
  return Buffer.concat([Buffer.from(name), rest, numbers(8, "LE", body.length + 24), body, zeros((8 - (body.length % 8)) % 8)]);
}

/** The same bytes with some of them changed. */
export function damaged(data: Buffer, ...at: number[]): Buffer {
  const copy = Buffer.from(data);
  for (const i of at) copy[i] = (copy[i] ?? 0) ^ 0x55;
  return copy;
}
