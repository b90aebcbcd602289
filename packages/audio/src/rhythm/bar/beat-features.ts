/** Features of the sound of one beat that hint at its place in the bar, read from the log bands. */
export interface BeatFeatures {
  /** Features of the last beat, in the order of `beatFeatureNames`. */
  readonly values: Float64Array;
  /** The last beat as a whole: mean of each band, then the attack in each band. */
  readonly shape: Float64Array;
  /** Its halves: mean of each band in the first and in the second, then the attack in each band at the start of the first and of the second. */
  readonly halves: Float64Array;
  /** Stores the bands' newest frame. */
  push(): void;
  /** Measures the beat that began `hops` frames ago and ends with the newest frame. */
  take(hops: number): void;
  reset(): void;
}

/**
 * kick: attack in the bass. chord, bass: how far the middle and the bass moved from the beat before. level: mean of all
 * bands. entry: how far the bass is from the bar before. turn: how far two beats are from the two before.
 */
export const beatFeatureNames = ["kick", "chord", "bass", "level", "entry", "turn"] as const;

/** Ranges of bands [from, to): below 108, below 237, below 284, and 150 to 2100 Hz. */
const kick = [0, 2] as const;
const bass = [0, 5] as const;
const entry = [0, 6] as const;
const chord = [3, 17] as const;
/** The attack of a beat is read from this many frames before it and after its start. */
const framesBefore = 3;
const attackFrames = 9;
const shortest = 4;
const history = 256;
/** Number of beats kept. */
const bar = 4;
const beats = bar + 1;

/** @param bands what `LogBands.values` holds after each frame */
export function createBeatFeatures(bands: Float64Array): BeatFeatures {
  const size = bands.length;
  const frames = new Float64Array(history * size);
  const means = new Float64Array(beats * size);
  const values = new Float64Array(beatFeatureNames.length);
  const shape = new Float64Array(2 * size);
  const halves = new Float64Array(4 * size);
  const all = [0, size] as const;
  let now = 0;
  let taken = 0;
  let beat = 0;

  const frame = (ago: number, band: number): number => frames[((now - ago + history) % history) * size + band] ?? NaN;
  const mean = (ago: number, band: number): number => means[((beat - ago + beats) % beats) * size + band] ?? NaN;

  function attack(from: number, to: number): number {
    let sum = 0;
    for (let b = from; b < to; b += 1) sum += shape[size + b] ?? NaN;
    return sum / (to - from);
  }

  function attackIn(band: number, hops: number): number {
    let most = 0;
    for (let k = 0; k < Math.min(attackFrames, hops); k += 1) most = Math.max(most, frame(hops - 1 - k, band));
    let before = 0;
    for (let k = 0; k < framesBefore; k += 1) before += frame(hops + k, band) / framesBefore;
    return Math.max(0, most - before);
  }

  /** Mean of a band over the frames from `from` frames ago to just before `to` frames ago. */
  function meanOf(band: number, from: number, to: number): number {
    let sum = 0;
    for (let ago = to; ago < from; ago += 1) sum += frame(ago, band);
    return sum / (from - to);
  }

  /**
   * Euclidean distance, in some bands, between the mean of the newest `count` beats and the mean of the `before` beats
   * preceding them.
   */
  function moved([from, to]: readonly [number, number], count: number, before: number): number {
    let sum = 0;
    for (let b = from; b < to; b += 1) {
      let difference = 0;
      for (let k = 0; k < count; k += 1) difference += mean(k, b) / count;
      for (let k = count; k < count + before; k += 1) difference -= mean(k, b) / before;
      sum += difference ** 2;
    }
    return Math.sqrt(sum);
  }

  return {
    values,
    shape,
    halves,
    push() {
      now = now + 1 === history ? 0 : now + 1;
      frames.set(bands, now * size);
    },
    take(since) {
      const hops = Math.min(history - framesBefore, Math.max(shortest, since));
      beat = beat + 1 === beats ? 0 : beat + 1;
      taken += 1;
      const second = hops - Math.floor(hops / 2);
      let level = 0;
      for (let b = 0; b < size; b += 1) {
        const whole = meanOf(b, hops, 0);
        const start = attackIn(b, hops);
        means[beat * size + b] = whole;
        level += whole / size;
        shape[b] = whole;
        shape[size + b] = start;
        halves[b] = meanOf(b, hops, second);
        halves[size + b] = meanOf(b, second, 0);
        halves[2 * size + b] = start;
        halves[3 * size + b] = attackIn(b, second);
      }
      values[0] = attack(...kick);
      values[1] = taken > 1 ? moved(chord, 1, 1) : 0;
      values[2] = taken > 1 ? moved(bass, 1, 1) : 0;
      values[3] = level;
      values[4] = taken > bar ? moved(entry, 1, bar) : 0;
      values[5] = taken >= bar ? moved(all, 2, 2) : 0;
    },
    reset() {
      frames.fill(0);
      means.fill(0);
      taken = 0;
    },
  };
}
