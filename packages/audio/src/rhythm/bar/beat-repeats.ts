/** How much a beat resembles earlier ones: music repeats after a bar, so that this is evidence for the metre. */
export interface BeatRepeats {
  /** Distance to the beat 2, 3, … 8 before, relative to the mean of these distances: below 0 where it resembles that one more. */
  readonly values: Float64Array;
  /** Takes the description of the next beat; its length is always the same. */
  take(beat: Float64Array): void;
  reset(): void;
}

/** Beats between those that are compared, from the nearest to the farthest. */
const nearestRepeat = 2;
const farthestRepeat = 8;
const kept = farthestRepeat + 1;
/** Largest value. */
const most = 1;

export function createBeatRepeats(size: number): BeatRepeats {
  const beats = new Float64Array(kept * size);
  const values = new Float64Array(farthestRepeat - nearestRepeat + 1);
  let taken = 0;

  function distance(ago: number): number {
    const [now, then] = [(taken % kept) * size, ((taken - ago + kept) % kept) * size];
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += ((beats[now + k] ?? NaN) - (beats[then + k] ?? NaN)) ** 2;
    return Math.sqrt(sum);
  }

  return {
    values,
    take(beat) {
      taken += 1;
      beats.set(beat, (taken % kept) * size);
      values.fill(0);
      if (taken <= farthestRepeat) return;
      let sum = 0;
      for (let k = 0; k < values.length; k += 1) sum += values[k] = distance(nearestRepeat + k);
      const mean = sum / values.length;
      for (let k = 0; k < values.length; k += 1) values[k] = mean > 0 ? Math.min(most, (values[k] ?? NaN) / mean - 1) : 0;
    },
    reset() {
      taken = 0;
    },
  };
}
