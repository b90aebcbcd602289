import { createDemoTrack } from "@vj/audio";
import { writeWav } from "@vj/test-kit";

const sampleRate = 44_100;

/** Writes some seconds of the demo track as a WAV file, for a rig that plays a file. */
export function writeDemoWave(file: string, seconds: number): void {
  const samples = new Float32Array(sampleRate * seconds);
  createDemoTrack(sampleRate).render(samples, 0);
  writeWav(file, samples, { sampleRate });
}
