/** Decaying 1 kHz clicks at each beat from t = 0. */
export const clicks = (clip: { sampleRate: number; bpm: number; seconds: number }): Float32Array => {
  const { sampleRate, bpm, seconds } = clip;
  const samples = new Float32Array(sampleRate * seconds);
  for (let beat = 0; beat * 60 < bpm * seconds; beat++) {
    const from = Math.round((beat * 60 * sampleRate) / bpm);
    for (let i = 0; i < 0.03 * sampleRate && from + i < samples.length; i++)
      samples[from + i] = 0.5 * Math.exp(-i / (0.006 * sampleRate)) * Math.sin((2 * Math.PI * 1000 * i) / sampleRate);
  }
  return samples;
};
