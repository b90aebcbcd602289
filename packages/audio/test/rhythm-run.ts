import type { Rhythm } from "../src/rhythm/rhythm.ts";

/** Run a tracker over mono samples as the analyzer does, 60 frames a second, and note when each beat goes out (s). */
export const beatsOf = (rhythm: Rhythm, samples: Float32Array, sampleRate: number): { beats: number[]; bpm: number } => {
  const beats: number[] = [];
  let fed = 0;
  for (let k = 1; (k / 60) * sampleRate <= samples.length; k++) {
    const until = Math.round((k / 60) * sampleRate);
    rhythm.push(samples, fed, until);
    fed = until;
    if (rhythm.takeBeat(k / 60 + 1 / 120)) beats.push(k / 60);
  }
  return { beats, bpm: rhythm.state.bpm };
};
