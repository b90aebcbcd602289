import { createDemoTrack } from "@vj/audio";

/** Music of one tempo. */
export interface Part {
  readonly bpm: number;
  /** Seconds. */
  readonly from: number;
  /** Beats before it. */
  readonly beats: number;
}

/** Of the varied music, Hz. */
export const variedRate = 44_100;
const demoBpm = 128;

/** The demo track, played at one tempo after the other, each for whole bars. */
export function variedMusic(tempos: readonly number[], secondsEach: number): { readonly samples: Float32Array; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const pieces: Float32Array[] = [];
  let [from, beats] = [0, 0];
  for (const bpm of tempos) {
    const count = Math.round((secondsEach * bpm) / 240) * 4;
    const length = Math.round(((count * 60) / bpm) * variedRate);
    const piece = new Float32Array(length);
    // The same track at another sample rate is another tempo.
    createDemoTrack((variedRate * demoBpm) / bpm).render(piece, 0);
    pieces.push(piece);
    parts.push({ bpm, from, beats });
    from += length / variedRate;
    beats += count;
  }
  const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, parts };
}

/** The beat of the music at a time in seconds. */
export function musicBeat(parts: readonly Part[], seconds: number): number {
  const part = parts.findLast(({ from }) => from <= seconds) ?? parts[0];
  return part === undefined ? Number.NaN : part.beats + ((seconds - part.from) * part.bpm) / 60;
}
