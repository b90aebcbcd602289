/** The log bands of the newest frame, as `LogBands` gives them. */
export interface HeardBands {
  /** log(1 + 100 x / peak) of each band. */
  readonly values: Float64Array;
  /** The peak of the last seconds. */
  readonly peak: number;
}

/** What the network of the sections gets: level and attacks in each band over a quarter of a second, and how long the music plays. */
export interface SectionInputs {
  /** For each band its mean level, log(1 + 100 x / peak of the last minute), then its mean rise from frame to frame; then two values that fall with the time. */
  readonly values: Float64Array;
  /** Takes the bands' newest frame. @returns true when `values` are new */
  push(): boolean;
  reset(): void;
}

// scripts/train-beats/section_inputs.py computes the same: change both or neither, and fit again.
/** Frames of a tick. */
const tickFrames = 25;
const tickSeconds = 0.25;
/** Half-life of the peak, s: a break is to stay quieter than the groove before it. */
const peakSeconds = 40;
/** The mean rise in a frame is multiplied by this: then it is about as large as the levels. */
const riseScale = 10;
/** The two times over which the music's age counts, s. */
const ages = [8, 40] as const;

const peakFall = 0.5 ** (tickSeconds / peakSeconds);

export function createSectionInputs(bands: HeardBands): SectionInputs {
  const size = bands.values.length;
  const values = new Float64Array(2 * size + ages.length);
  const levels = new Float64Array(size);
  const rises = new Float64Array(size);
  const before = new Float64Array(size);
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const state = { frames: 0, ticks: 0, longPeak: 0.5, tickPeak: 0.5 };

  function measure(): void {
    state.longPeak = Math.max(state.longPeak * peakFall, state.tickPeak);
    for (let b = 0; b < size; b += 1) {
      values[b] = Math.log1p((levels[b] ?? NaN) / tickFrames / state.longPeak);
      values[size + b] = (riseScale * (rises[b] ?? NaN)) / tickFrames;
    }
    ages.forEach((age, k) => (values[2 * size + k] = Math.exp((-state.ticks * tickSeconds) / age)));
    state.ticks += 1;
    startTick();
  }

  function startTick(): void {
    levels.fill(0);
    rises.fill(0);
    state.frames = 0;
    state.tickPeak = 0;
  }

  const inputs = {
    values,
    push(): boolean {
      const { peak } = bands;
      // Before the first frame nothing has risen.
      if (state.ticks === 0 && state.frames === 0) before.set(bands.values);
      for (let b = 0; b < size; b += 1) {
        const value = bands.values[b] ?? NaN;
        levels[b] = (levels[b] ?? NaN) + Math.expm1(value) * peak;
        rises[b] = (rises[b] ?? NaN) + Math.max(0, value - (before[b] ?? NaN));
        before[b] = value;
      }
      state.tickPeak = Math.max(state.tickPeak, peak);
      state.frames += 1;
      if (state.frames < tickFrames) return false;
      measure();
      return true;
    },
    reset(): void {
      state.ticks = 0;
      state.longPeak = 0;
      startTick();
    },
  };
  inputs.reset();
  return inputs;
}
