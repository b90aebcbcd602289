import { ratioBandEdges } from "../bands.ts";
import type { History } from "../dsp/history.ts";
import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Frames in a second: what is judged is the last second. */
const window = 60;
/** Two spectra this many frames apart share no sound: of noise, they are unrelated. */
const lag = 2;
/** Bands whose levels are averaged. */
const judgedBands = { lowestHz: 40, highestHz: 16_000, narrowestHz: 43, ratio: 1.2 };
/** No band counts for less, -110 dB: below, there are only rounding errors. */
const leastPower = 1e-11;
/** Mean band level of steady noise of any colour deviates by 0.8 dB, of music by more than 3: it has events, and rests between them. */
const steadyDb = 1.2;
/** Noise that breathes, as a room's or a crowd's, deviates by up to so much. */
const unevenDb = 2.4;
/**
 * Change from spectrum to spectrum, as a share: |a - b| over a + b, summed over the bins, is 1 - 1/√2 for amplitudes of noise (Rayleigh)
 * and 1/2 for powers (exponential), 0 for tones. Sums over a second may differ by so much from that.
 */
const noiseAmplitudes = 1 - Math.SQRT1_2;
const noisePowers = 0.5;
const amplitudesTolerance = 0.02;
const powersTolerance = 0.07;
/** Mains hum repeats itself after these times, s: what is left of its power after the subtraction is less than this share. */
const mainsPeriods = [1 / 50, 1 / 60] as const;
const humRest = 0.15;
/** Noise that grows by more than this from one half of the second to the other is a riser, dB. */
const risingDb = 0.3;

/** Tells sound in which something happens from noise and tones that merely go on. Judges the last second. */
export interface Stillness {
  /** Nothing happens: steady noise, hum, a held tone. */
  readonly still: boolean;
  /** Nothing but noise, which may be as uneven as that of a room or a crowd. A wall of distorted guitars passes for it too. */
  readonly noise: boolean;
  /** Nothing but mains hum. */
  readonly hum: boolean;
  /** The mean level rises. */
  readonly rising: boolean;
  /** One frame; call it after the spectrum was measured. */
  update(): void;
  reset(): void;
}

/**
 * @param spectrum a window of about 23 ms, measured anew 60 times a second
 * @param history what it is measured of, at least 43 ms
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
      const from = edges[b] ?? 0;
      const to = edges[b + 1] ?? 0;
      let energy = 0;
      for (let k = from; k < to; k += 1) energy += power[k] ?? 0;
      total += 10 * Math.log10(Math.max(leastPower, energy / (to - from)));
    }
    levels[state.at] = total / bands;
  }

  /** Sums of this frame's spectrum beside that of `lag` frames ago, whose place it takes. */
  function compare(): void {
    const { power } = spectrum;
    const first = state.slot * bins;
    let amplitudeChange = 0;
    let amplitude = 0;
    let powerChange = 0;
    let both = 0;
    for (let k = 1; k < bins; k += 1) {
      const now = Math.sqrt(power[k] ?? 0);
      const then = before[first + k] ?? 0;
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

  /** Power of this frame, and of what is left of it once the sound of a period of the mains ago is subtracted. */
  function subtract(): void {
    const { samples } = history;
    const start = history.start(frame);
    let energy = 0;
    for (let i = start; i < start + frame; i += 1) energy += (samples[i] ?? 0) ** 2;
    energies[state.at] = energy;
    for (let m = 0; m < periods.length; m += 1) {
      const period = periods[m] ?? 0;
      let left = 0;
      for (let i = start; i < start + frame; i += 1) left += ((samples[i] ?? 0) - (samples[i - period] ?? 0)) ** 2;
      rests[m * window + state.at] = left / 2;
    }
  }

  /** Half the difference is all of noise, nothing of hum. */
  function hums(): boolean {
    const most = humRest * sum(energies);
    for (let m = 0; m < periods.length; m += 1) {
      let rest = 0;
      for (let i = 0; i < window; i += 1) rest += rests[m * window + i] ?? 0;
      if (rest < most) return true;
    }
    return false;
  }

  function deviate(): number {
    const mean = sum(levels) / window;
    let squares = 0;
    for (let i = 0; i < window; i += 1) squares += ((levels[i] ?? 0) - mean) ** 2;
    return Math.sqrt(squares / window);
  }

  /** Mean of the newer half of the second less that of the older one, dB. */
  function rise(): number {
    let newer = 0;
    for (let i = 0; i < window / 2; i += 1) newer += levels[(state.at - i + window) % window] ?? 0;
    return (2 * newer - sum(levels)) / (window / 2);
  }

  return stillness;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += values[i] ?? 0;
  return total;
}

/** First bin of each band, and the end of the last. */
function bandEdges({ binHz, power }: PowerSpectrum): Int32Array {
  const bins = ratioBandEdges(judgedBands).map((hz) => Math.max(1, Math.round(hz / binHz)));
  return Int32Array.from(new Set(bins.slice(0, -1).filter((bin) => bin < power.length)));
}
