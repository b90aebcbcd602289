import { writeFileSync } from "node:fs";
import { createDemoTrack } from "@vj/audio";

const sampleRate = 44_100;

/** Writes some seconds of the demo track as a 16-bit mono WAV file, for a rig that plays a file. */
export function writeDemoWave(file: string, seconds: number): void {
  const samples = new Float32Array(sampleRate * seconds);
  createDemoTrack(sampleRate).render(samples, 0);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.length * 2, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.length * 2, 40);
  const data = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, i) => data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), i * 2));
  writeFileSync(file, Buffer.concat([header, data]));
}
