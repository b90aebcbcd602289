import { ratioBandEdges } from "../bands.ts";
import type { History } from "../dsp/history.ts";
import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Frames in a second: the last second is judged. */
const window = 60;
/** Two spectra this many frames apart share no samples, so spectra of noise are unrelated. */
const lag = 2;
/** Bands over which the level is averaged. */
const judgedBands = { lowestHz: 40, highestHz: 16_000, narrowestHz: 43, ratio: 1.2 };
/** Lowest power of a band, -110 dB: below that there are only rounding errors. */
const leastPower = 1e-11;
/**
 * Largest deviation of the mean band level in steady noise, dB. Noise of any colour deviates by 0.8 dB; music, with its
 * events and rests, by more than 3.
 */
const steadyDb = 1.2;
/** Largest deviation in breathing noise, such as that of a room or a crowd, dB. */
const unevenDb = 2.4;
/**
 * Change from spectrum to spectrum as a share: the sum of |a - b| over the bins divided by the sum of a + b. It is 1 -
 * 1/√2 for amplitudes of noise (Rayleigh), 1/2 for powers of noise (exponential), 0 for tones. A second's sum may differ
 * from that by the tolerances below.
 */
const noiseAmplitudes = 1 - Math.SQRT1_2;
const noisePowers = 0.5;
const amplitudesTolerance = 0.02;
const powersTolerance = 0.07;
/**
 * Mains hum repeats itself after these times, s: subtracting the sound of one period ago leaves less than this share of
 * its power.
 */
const mainsPeriods = [1 / 50, 1 / 60] as const;
const humRest = 0.15;
/** Noise whose level grows by more than this from the first half of the second to the other is a riser, dB. */
const risingDb = 0.3;

/** Tells changing sound from steady noise and tones. Judges the last second. */
export interface Stillness {
  /** The sound does not change: steady noise, hum, a held tone. */
  readonly still: boolean;
  /**
   * The sound is nothing but noise, perhaps as uneven as in a room or a crowd. A wall of distorted guitars passes for
   * noise too.
   */
  readonly noise: boolean;
  /** The sound is nothing but mains hum. */
  readonly hum: boolean;
  /** The mean level rises. */
  readonly rising: boolean;
  /** Judges one frame; call it after the spectrum was measured. */
  update(): void;
  reset(): void;
}

/**
 * @param spectrum a window of about 23 ms, measured 60 times a second
 * @param history the samples that `spectrum` is measured from, at least 43 ms
 * @param rate samples per second
 */
export function createStillness(spectrum: PowerSpectrum, history: History, rate: number): Stillness {
  const bins = spectrum.power.length;
  const edges = bandEdges(spectrum);
  const bands = edges.length - 1;
  /** Amplitudes of the last frames, one after the other. */
  const before = new Float64Array(lag * bins);
  const levels = new Float64Array(window);
  const amplitudeChanges = new Float64Array(window);
  const amplitudes = new Float64Array(window);
  const powerChanges = new Float64Array(window);
  const powers = new Float64Array(window);
  const energies = new Float64Array(window);
  const periods = Int32Array.from(mainsPeriods, (seconds) => Math.round(seconds * rate));
  const rests = new Float64Array(periods.length * window);
  const frame = Math.min(spectrum.size, Math.floor(rate / window));
  const state = { frames: 0, at: 0, slot: 0 };
  const stillness = {
    still: false,
    noise: false,
    hum: false,
    rising: false,
    update(): void {
      state.at = (state.at + 1) % window;
      state.slot = (state.slot + 1) % lag;
      state.frames = Math.min(window + lag, state.frames + 1);
      measureLevel();
      compare();
      subtract();
      if (state.frames < window + lag) return;
      const deviation = deviate();
      const share = sum(amplitudeChanges) / sum(amplitudes);
      const powerShare = sum(powerChanges) / sum(powers);
      stillness.still = deviation < steadyDb;
      stillness.noise =
        deviation < unevenDb &&
        Math.abs(share - noiseAmplitudes) < amplitudesTolerance &&
        Math.abs(powerShare - noisePowers) < powersTolerance;
      stillness.hum = stillness.still && hums();
      stillness.rising = rise() > risingDb;
    },
    reset(): void {
      state.frames = 0;
      stillness.still = false;
      stillness.noise = false;
      stillness.hum = false;
      stillness.rising = false;
    },
  };

  function measureLevel(): void {
    const { power } = spectrum;
    let total = 0;
    for (let b = 0; b < bands; b += 1) {
      const from = edges[b] ?? NaN;
      const to = edges[b + 1] ?? NaN;
      let energy = 0;
      for (let k = from; k < to; k += 1) energy += power[k] ?? NaN;
      total += 10 * Math.log10(Math.max(leastPower, energy / (to - from)));
    }
    levels[state.at] = total / bands;
  }

  /** Compares this frame's spectrum with that of `lag` frames ago, then stores it in that one's place. */
  function compare(): void {
    const { power } = spectrum;
    const first = state.slot * bins;
    let amplitudeChange = 0;
    let amplitude = 0;
    let powerChange = 0;
    let both = 0;
    for (let k = 1; k < bins; k += 1) {
      const now = Math.sqrt(power[k] ?? NaN);
      const then = before[first + k] ?? NaN;
      before[first + k] = now;
      amplitudeChange += Math.abs(now - then);
      amplitude += now + then;
      powerChange += Math.abs(now * now - then * then);
      both += now * now + then * then;
    }
    amplitudeChanges[state.at] = amplitudeChange;
    amplitudes[state.at] = amplitude;
    powerChanges[state.at] = powerChange;
    powers[state.at] = both;
  }

  /** Measures the power of this frame and of its difference from the sound one mains period ago. */
  function subtract(): void {
    const { samples } = history;
    const start = history.start(frame);
    let energy = 0;
    for (let i = start; i < start + frame; i += 1) energy += (samples[i] ?? NaN) ** 2;
    energies[state.at] = energy;
    for (let m = 0; m < periods.length; m += 1) {
      const period = periods[m] ?? NaN;
      let left = 0;
      for (let i = start; i < start + frame; i += 1) left += ((samples[i] ?? NaN) - (samples[i - period] ?? NaN)) ** 2;
      rests[m * window + state.at] = left / 2;
    }
  }

  /** Subtracting one period leaves half of the summed power in noise, and nothing in hum. */
  function hums(): boolean {
    const most = humRest * sum(energies);
    for (let m = 0; m < periods.length; m += 1) {
      let rest = 0;
      for (let i = 0; i < window; i += 1) rest += rests[m * window + i] ?? NaN;
      if (rest < most) return true;
    }
    return false;
  }

  function deviate(): number {
    const mean = sum(levels) / window;
    let squares = 0;
    for (const level of levels) squares += (level - mean) ** 2;
    return Math.sqrt(squares / window);
  }

  /** Mean level of the newer half of the second minus that of the older half, dB. */
  function rise(): number {
    let newer = 0;
    for (let i = 0; i < window / 2; i += 1) newer += levels[(state.at - i + window) % window] ?? NaN;
    return (2 * newer - sum(levels)) / (window / 2);
  }

  return stillness;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** First bin of each band, and the end of the last. */
function bandEdges({ binHz, power }: PowerSpectrum): Int32Array {
  const bins = ratioBandEdges(judgedBands).map((hz) => Math.max(1, Math.round(hz / binHz)));
  return Int32Array.from(new Set(bins.slice(0, -1).filter((bin) => bin < power.length)));
}
