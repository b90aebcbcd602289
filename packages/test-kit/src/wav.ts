import { writeFileSync } from "node:fs";

/** Format of the samples in a WAV file. */
export interface WavFormat {
  /** Samples per second; any 32-bit number, even one that makes no sense. */
  sampleRate?: number;
  channels?: number;
  /** `int16` (rounded, limited to -1..1) or `float32`. */
  encoding?: "int16" | "float32";
}

const headerBytes = 44;

/** A WAV file of these samples, -1..1, channels interleaved; by default 44,100 Hz, one channel and 16 bits. */
export function wav(samples: Float32Array, { sampleRate = 44_100, channels = 1, encoding = "int16" }: WavFormat = {}): Buffer {
  const bytes = encoding === "int16" ? 2 : 4;
  const file = Buffer.alloc(headerBytes + samples.length * bytes);
  file.write("RIFF", 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(encoding === "int16" ? 1 : 3, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE((sampleRate * channels * bytes) % 2 ** 32, 28);
  file.writeUInt16LE((channels * bytes) % 2 ** 16, 32);
  file.writeUInt16LE(bytes * 8, 34);
  file.write("data", 36);
  file.writeUInt32LE(samples.length * bytes, 40);
  samples.forEach((sample, i) => {
    const at = headerBytes + i * bytes;
    if (encoding === "float32") file.writeFloatLE(sample, at);
    else file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), at);
  });
  return file;
}

/** Writes {@link wav} to `path`. */
export function writeWav(path: string, samples: Float32Array, format?: WavFormat): void {
  writeFileSync(path, wav(samples, format));
}

/** One second at 8000 Hz with a click at its beginning and in its middle. */
export function twoClicks(): Buffer {
  const samples = new Float32Array(8000);
  for (const at of [0, 4000]) samples.fill(0.6, at, at + 20);
  return wav(samples, { sampleRate: 8000 });
}
