/** What the sound of one beat says of its place in the bar, read from the log bands. */
export interface BeatFeatures {
  /** Of the beat last taken, in the order of `BEAT_FEATURES`. */
  readonly values: Float64Array;
  /** Keep the bands' newest frame. */
  hear(): void;
  /** Take the beat that began `hops` frames ago and ends with the newest. */
  take(hops: number): void;
  reset(): void;
}

/**
 * kick: attack in the bass. chord, bass: how far the middle and the bass moved from the beat before. level: of all bands. entry: how
 * far the bass is from the bar before. turn: how far two beats are from the two before.
 */
export const BEAT_FEATURES = ["kick", "chord", "bass", "level", "entry", "turn"] as const;

/** Bands, from and up to but not including: below 108, below 237, below 284, and 150 to 2100 Hz. */
const KICK = [0, 2] as const;
const BASS = [0, 5] as const;
const ENTRY = [0, 6] as const;
const CHORD = [3, 17] as const;
/** Frames before the beat and from it on that its attack is read from. */
const BEFORE = 3;
const ATTACK = 9;
const SHORTEST = 4;
const HISTORY = 256;
/** Beats kept. */
const BAR = 4;
const BEATS = BAR + 1;

/** @param bands what `LogBands.values` holds after each frame */
export const createBeatFeatures = (bands: Float64Array): BeatFeatures => {
  const size = bands.length;
  const frames = new Float64Array(HISTORY * size);
  const means = new Float64Array(BEATS * size);
  const values = new Float64Array(BEAT_FEATURES.length);
  const all = [0, size] as const;
  let now = 0;
  let heard = 0;
  let beat = 0;

  const frame = (ago: number, band: number): number => frames[((now - ago + HISTORY) % HISTORY) * size + band] ?? 0;
  const mean = (ago: number, band: number): number => means[((beat - ago + BEATS) % BEATS) * size + band] ?? 0;

  const attack = (hops: number, from: number, to: number): number => {
    let sum = 0;
    for (let b = from; b < to; b++) {
      let most = 0;
      for (let k = 0; k < Math.min(ATTACK, hops); k++) most = Math.max(most, frame(hops - 1 - k, b));
      let before = 0;
      for (let k = 0; k < BEFORE; k++) before += frame(hops + k, b) / BEFORE;
      sum += Math.max(0, most - before);
    }
    return sum / (to - from);
  };

  /** Euclidean distance in some bands between the means of the newest `count` beats and of the `before` beats ahead of them. */
  const moved = ([from, to]: readonly [number, number], count: number, before: number): number => {
    let sum = 0;
    for (let b = from; b < to; b++) {
      let difference = 0;
      for (let k = 0; k < count; k++) difference += mean(k, b) / count;
      for (let k = count; k < count + before; k++) difference -= mean(k, b) / before;
      sum += difference ** 2;
    }
    return Math.sqrt(sum);
  };

  return {
    values,
    hear() {
      now = now + 1 === HISTORY ? 0 : now + 1;
      frames.set(bands, now * size);
    },
    take(since) {
      const hops = Math.min(HISTORY - BEFORE, Math.max(SHORTEST, since));
      beat = beat + 1 === BEATS ? 0 : beat + 1;
      heard += 1;
      let level = 0;
      for (let b = 0; b < size; b++) {
        let sum = 0;
        for (let ago = 0; ago < hops; ago++) sum += frame(ago, b);
        means[beat * size + b] = sum / hops;
        level += sum / hops / size;
      }
      values[0] = attack(hops, ...KICK);
      values[1] = heard > 1 ? moved(CHORD, 1, 1) : 0;
      values[2] = heard > 1 ? moved(BASS, 1, 1) : 0;
      values[3] = level;
      values[4] = heard > BAR ? moved(ENTRY, 1, BAR) : 0;
      values[5] = heard >= BAR ? moved(all, 2, 2) : 0;
    },
    reset() {
      frames.fill(0);
      means.fill(0);
      heard = 0;
    },
  };
};
