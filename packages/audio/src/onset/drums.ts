import { createPeakPicker } from "./peak-picker.ts";
import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Frequency range of each part, Hz. */
const bassHz = [30, 130] as const;
const wiresHz = [1800, 6000] as const;
const topHz = [7000, 16_000] as const;
const wholeHz = [30, 16_000] as const;
/** Weight of the click of a bass drum: bass notes have none. */
const clickShare = 0.85;
/** A bass drum has at least this share of the amplitude of its moment. */
const kickShare = 0.3;
/** Lowest flatness of a snare's band: its wires are noise. Also excludes the lower end of a hi-hat. */
const wiresFlatness = 0.15;
const wiresOverTop = 0.2;
/** Rises are measured over two hops: about the length of an attack in the window. */
const stepHops = 2;
/** -80 dBFS. */
const leastRise = 1e-4;
/** The usual peak of each part falls by half in this time, s. */
const usualMemorySeconds = 8;
const hatMemorySeconds = 4;

/** Strengths 0–1 of the drum onsets in the last hop, 0 when there was none. */
export interface Drums {
  readonly kick: number;
  readonly snare: number;
  readonly hat: number;
  /** Processes one hop of the spectrum. */
  update(): void;
  reset(): void;
}

/** Distinguishes bass drum, snare (or clap) and hi-hat by the rise of the amplitude in their part of the spectrum. */
export function createDrums({ power, binHz }: PowerSpectrum, hopSeconds: number): Drums {
  const common = { hopSeconds, overMean: 1.2, memorySeconds: usualMemorySeconds, leastPeak: leastRise };
  const kick = createPeakPicker({ ...common, threshold: 0.25, gapSeconds: 0.1 });
  const snare = createPeakPicker({ ...common, threshold: 0.3, gapSeconds: 0.08 });
  const hat = createPeakPicker({ ...common, threshold: 0.1, gapSeconds: 0.05, memorySeconds: hatMemorySeconds });
  const bassRise = createRise();
  const wiresRise = createRise();
  const topRise = createRise();
  const clicks = new Float64Array(3);
  const clickFall = 0.5 ** (hopSeconds / usualMemorySeconds);
  const click = { peak: leastRise };

  const parts = [bassHz, wiresHz, topHz, wholeHz];
  const firsts = Int32Array.from(parts, ([lowHz]) => Math.ceil(lowHz / binHz));
  const ends = Int32Array.from(parts, ([, highHz]) => Math.min(power.length, Math.floor(highHz / binHz) + 1));
  const amplitudes = new Float64Array(parts.length);

  function measure(): void {
    for (let part = 0; part < amplitudes.length; part += 1) {
      let sum = 0;
      for (let k = firsts[part] ?? 0; k < (ends[part] ?? 0); k += 1) sum += power[k] ?? 0;
      amplitudes[part] = Math.sqrt(sum);
    }
  }

  const drums = {
    kick: 0,
    snare: 0,
    hat: 0,
    update() {
      measure();
      const bass = amplitudes[0] ?? 0;
      const wires = amplitudes[1] ?? 0;
      const top = amplitudes[2] ?? 0;
      const whole = amplitudes[3] ?? 0;
      const wiresUp = wiresRise.next(wires);
      click.peak = Math.max(leastRise, click.peak * clickFall, wiresUp);
      // The click may come a hop or two before the bass has built up in the window.
      clicks.copyWithin(1, 0);
      clicks[0] = wiresUp / click.peak;
      const clicked = Math.max(clicks[0] ?? 0, clicks[1] ?? 0, clicks[2] ?? 0);
      const bassUp = bassRise.next(bass) * (1 - clickShare + clickShare * clicked);
      drums.kick = kick.push(bassUp, bass > kickShare * whole);
      const noisy = wires > wiresOverTop * top && flatness(power, wiresHz[0] / binHz, wiresHz[1] / binHz) > wiresFlatness;
      drums.snare = snare.push(wiresUp, noisy);
      drums.hat = hat.push(topRise.next(top));
    },
    reset() {
      for (const part of [kick, snare, hat, bassRise, wiresRise, topRise]) part.reset();
      clicks.fill(0);
      click.peak = leastRise;
      drums.kick = drums.snare = drums.hat = 0;
    },
  };
  return drums;
}

/** Rise of a value over the last hops, at least 0. */
function createRise(): { next(value: number): number; reset(): void } {
  const past = new Float64Array(stepHops);
  return {
    next(value) {
      const rise = Math.max(0, value - (past[stepHops - 1] ?? 0));
      past.copyWithin(1, 0);
      past[0] = value;
      return rise;
    },
    reset() {
      past.fill(0);
    },
  };
}

/** Geometric over arithmetic mean of the power between two bins: about 0.56 for noise, near 0 for tones. */
function flatness(power: Float64Array, from: number, to: number): number {
  const last = Math.min(power.length - 1, Math.floor(to));
  let logs = 0;
  let sum = 0;
  let count = 0;
  for (let k = Math.ceil(from); k <= last; k += 1) {
    const value = (power[k] ?? 0) + 1e-14;
    logs += Math.log(value);
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : (Math.exp(logs / count) * count) / sum;
}
