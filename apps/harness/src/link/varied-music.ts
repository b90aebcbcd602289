import { createDemoTrack } from "@vj/audio";
import { writeWav } from "@vj/test-kit";

/** Music of one tempo. */
export interface Part {
  readonly bpm: number;
  /** Seconds. */
  readonly from: number;
  /** Beats before it. */
  readonly beats: number;
}

const sampleRate = 44_100;
const demoBpm = 128;

/** Writes the demo track, played at one tempo after the other, each for whole bars. @returns its parts */
export function writeVariedMusic(file: string, tempos: readonly number[], secondsEach: number): Part[] {
  const parts: Part[] = [];
  const samples: Float32Array[] = [];
  let [from, beats] = [0, 0];
  for (const bpm of tempos) {
    const count = Math.round((secondsEach * bpm) / 240) * 4;
    const length = Math.round(((count * 60) / bpm) * sampleRate);
    const part = new Float32Array(length);
    // The same track at another sample rate is another tempo.
    createDemoTrack((sampleRate * demoBpm) / bpm).render(part, 0);
    samples.push(part);
    parts.push({ bpm, from, beats });
    from += length / sampleRate;
    beats += count;
  }
  const all = new Float32Array(samples.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of samples) {
    all.set(part, at);
    at += part.length;
  }
  writeWav(file, all, { sampleRate });
  return parts;
}

/** The beat of the music at a time in seconds. */
export function musicBeat(parts: readonly Part[], seconds: number): number {
  const part = parts.findLast(({ from }) => from <= seconds) ?? parts[0];
  return part === undefined ? Number.NaN : part.beats + ((seconds - part.from) * part.bpm) / 60;
}
