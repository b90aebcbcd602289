/** Generated music: drum loops, clicks, noise, a drop. Samples in -1..1, first beat at t = 0. */

/** One character per sixteenth; anything but "." or " " is a hit. */
export interface Loop {
  bpm: number;
  seconds: number;
  sampleRate?: number;
  kick?: string;
  snare?: string;
  hat?: string;
}

/** The same numbers in -1..1 in every run. */
export const createNoise = (seed = 1): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
};

type Voice = (seconds: number, noise: () => number) => number;

const kick: Voice = (t) => Math.sin(2 * Math.PI * (50 * t + 3 * (1 - Math.exp(-t / 0.02)))) * Math.exp(-t / 0.09);
const snare: Voice = (t, noise) => (0.5 * Math.sin(2 * Math.PI * 190 * t) + 0.6 * noise()) * Math.exp(-t / 0.06);
const createHat = (): Voice => {
  let before = 0;
  return (t, noise) => {
    const now = noise();
    const high = now - before;
    before = now;
    return 0.2 * high * Math.exp(-t / 0.02);
  };
};

export const add = (into: Float32Array, sound: Float32Array, from: number): void => {
  for (let i = 0; i < sound.length && from + i < into.length; i += 1) into[from + i] = (into[from + i] ?? 0) + (sound[i] ?? 0);
};

const voiceSamples = (voice: Voice, sampleRate: number): Float32Array => {
  const noise = createNoise(7);
  return Float32Array.from({ length: Math.round(0.3 * sampleRate) }, (_, i) => 0.4 * voice(i / sampleRate, noise));
};

export const drumLoop = (loop: Loop): Float32Array => {
  const { bpm, seconds, sampleRate = 44_100 } = loop;
  const out = new Float32Array(Math.round(seconds * sampleRate));
  const voices: [string | undefined, Voice][] = [
    [loop.kick, kick],
    [loop.snare, snare],
    [loop.hat, createHat()],
  ];
  for (const [pattern, voice] of voices) {
    const steps = pattern?.replaceAll(" ", "") ?? "";
    if (steps === "") continue;
    const sound = voiceSamples(voice, sampleRate);
    for (let step = 0; (step * 15) / bpm < seconds; step += 1)
      if (steps[step % steps.length] !== ".") add(out, sound, Math.round((step * 15 * sampleRate) / bpm));
  }
  return out;
};

/** Decaying 1 kHz clicks on each beat. */
export const clicks = (clip: { sampleRate: number; bpm: number; seconds: number }): Float32Array => {
  const { sampleRate, bpm, seconds } = clip;
  const out = new Float32Array(Math.round(sampleRate * seconds));
  const click = Float32Array.from(
    { length: Math.round(0.03 * sampleRate) },
    (_, i) => 0.5 * Math.exp(-i / (0.006 * sampleRate)) * Math.sin((2 * Math.PI * 1000 * i) / sampleRate),
  );
  for (let beat = 0; beat * 60 < bpm * seconds; beat += 1) add(out, click, Math.round((beat * 60 * sampleRate) / bpm));
  return out;
};

export const whiteNoise = (seconds: number, level: number, sampleRate = 44_100): Float32Array => {
  const noise = createNoise(3);
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, () => level * noise());
};

export const joined = (...parts: Float32Array[]): Float32Array => {
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};

export const house = (seconds: number, bpm = 128): Float32Array =>
  drumLoop({ bpm, seconds, kick: "x...x...x...x...", snare: "....x.......x...", hat: "x.x.x.x.x.x.x.x." });

/** Held chords without any attack, a new one every four bars. */
export const pad = (seconds: number, bpm = 128, sampleRate = 44_100): Float32Array => {
  const span = (16 * 60) / bpm;
  const chords = [[220, 261.63, 329.63], [174.61, 220, 261.63], [196, 261.63, 329.63], [196, 246.94, 293.66]];
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, i) => {
    const t = i / sampleRate;
    const swell = Math.sin((Math.PI * (t % span)) / span);
    const chord = chords[Math.floor(t / span) % chords.length] ?? [];
    return 0.08 * swell * chord.reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * t), 0);
  });
};
