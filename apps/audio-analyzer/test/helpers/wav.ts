import { writeFileSync } from "node:fs";

/** Writes interleaved samples as a WAV file of 32-bit floats; its header may say what it likes. */
export function writeWav(path: string, samples: Float32Array, { sampleRate = 44_100, channels = 2 } = {}): void {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE((sampleRate * channels * 4) % 2 ** 32, 28);
  header.writeUInt16LE((channels * 4) % 2 ** 16, 32);
  header.writeUInt16LE(32, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  writeFileSync(path, Buffer.concat([header, new Uint8Array(samples.buffer)]));
}
