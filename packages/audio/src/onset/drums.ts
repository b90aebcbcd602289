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
  const clickFall = 0.5 ** (hopSeconds / usualMemorySeconds);
  /** Clicks of the last hops, as shares of the highest. */
  const click = { peak: leastRise, now: 0, before: 0, earlier: 0 };

  const binsOf = ([lowHz, highHz]: readonly [number, number]) => ({ first: Math.ceil(lowHz / binHz), end: Math.min(power.length, Math.floor(highHz / binHz) + 1) });
  const [bassBins, wiresBins, topBins, wholeBins] = [binsOf(bassHz), binsOf(wiresHz), binsOf(topHz), binsOf(wholeHz)];

  function amplitudeOf({ first, end }: ReturnType<typeof binsOf>): number {
    let sum = 0;
    for (let k = first; k < end; k += 1) sum += power[k] ?? NaN;
    return Math.sqrt(sum);
  }

  const drums = {
    kick: 0,
    snare: 0,
    hat: 0,
    update() {
      const bass = amplitudeOf(bassBins);
      const wires = amplitudeOf(wiresBins);
      const top = amplitudeOf(topBins);
      const whole = amplitudeOf(wholeBins);
      const wiresUp = wiresRise.next(wires);
      click.peak = Math.max(leastRise, click.peak * clickFall, wiresUp);
      // The click may come a hop or two before the bass has built up in the window.
      click.earlier = click.before;
      click.before = click.now;
      click.now = wiresUp / click.peak;
      const clicked = Math.max(click.now, click.before, click.earlier);
      const bassUp = bassRise.next(bass) * (1 - clickShare + clickShare * clicked);
      drums.kick = kick.push(bassUp, bass > kickShare * whole);
      const noisy = wires > wiresOverTop * top && flatness(power, wiresHz[0] / binHz, wiresHz[1] / binHz) > wiresFlatness;
      drums.snare = snare.push(wiresUp, noisy);
      drums.hat = hat.push(topRise.next(top));
    },
    reset() {
      for (const part of [kick, snare, hat, bassRise, wiresRise, topRise]) part.reset();
      click.peak = leastRise;
      click.now = click.before = click.earlier = 0;
      drums.kick = drums.snare = drums.hat = 0;
    },
  };
  return drums;
}

/** Rise of a value over the last hops, at least 0. */
function createRise(): { next(value: number): number; reset(): void } {
  const last = new Float64Array(stepHops);
  return {
    next(value) {
      const rise = Math.max(0, value - (last[stepHops - 1] ?? NaN));
      last.copyWithin(1, 0);
      last[0] = value;
      return rise;
    },
    reset() {
      last.fill(0);
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
    const value = (power[k] ?? NaN) + 1e-14;
    logs += Math.log(value);
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : (Math.exp(logs / count) * count) / sum;
}
