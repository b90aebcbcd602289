import { createDecimator } from "../dsp/decimator.ts";
import { createHistory } from "../dsp/history.ts";
import { createWeightedCorrelation } from "./weighted-correlation.ts";
import { windowSize } from "../dsp/window.ts";

/** Sample rate for the analysis: 2 kHz and a few harmonics fit below half of it. */
const workingHz = 11_025;
/** 93 ms contain four periods of the lowest bass note. */
const windowSeconds = 0.093;
/** Of two equally high peaks, the one an octave higher wins by this much. */
const octaveCost = 0.05;
/** Bonus of the current tone, so that a drum over it does not replace it. */
const continuityBonus = 0.1;
/** A lost tone is remembered for this many frames. */
const memoryFrames = 12;
/** A new tone must last this many frames before it is reported, because drums glide. */
const settlingFrames = 2;
/** Largest step between frames that still counts as the same tone, octaves. */
const sameToneOctaves = 0.07;
/** Correlation that gives a confidence of 0.6; noise stays below it. */
const credibleCorrelation = 0.35;
/** Below this mean square the sound is not analysed (-70 dBFS). */
const leastPower = 1e-7;

/** Frequency range of the search, Hz. */
export interface PitchRange {
  minHz: number;
  maxHz: number;
}

/** The fundamental of the sound. */
export interface Pitch {
  /** Best candidate in Hz, 0 when there is none. */
  readonly hz: number;
  /** 0–1. */
  readonly confidence: number;
  /** Adds samples. */
  push(samples: Float32Array, count: number): void;
  /** Analyses one frame: the newest 93 ms. */
  update(range: PitchRange): void;
  /** Forgets the tone, as in silence. */
  rest(): void;
  reset(): void;
}

/** @param longest largest number of samples in one `push` */
export function createPitch(rate: number, longest: number): Pitch {
  const factor = Math.max(1, Math.floor(rate / workingHz));
  const size = windowSize(windowSeconds, rate / factor);
  const decimator = createDecimator(factor, longest);
  const history = createHistory(size);
  const { measure, values, gains, lagRate } = createWeightedCorrelation(size, rate / factor);
  const held = { hz: 0, frames: memoryFrames };
  const last = { hz: 0, steadyFrames: 0 };

  const pitch = {
    hz: 0,
    confidence: 0,
    push(samples: Float32Array, count: number) {
      history.push(decimator.output, decimator.take(samples, count));
    },
    update({ minHz, maxHz }: PitchRange) {
      if (power() < leastPower) return pitch.rest();
      measure(history);
      held.frames += 1;
      const known = held.frames < memoryFrames ? held.hz : 0;
      let bestHz = 0;
      let best = 0;
      let bestScore = -Infinity;
      const lastLag = Math.min(values.length - 2, Math.ceil(lagRate / minHz));
      for (let lag = firstLag(lagRate / maxHz); lag <= lastLag; lag += 1) {
        const value = values[lag] ?? NaN;
        if (value <= 0 || value <= (values[lag - 1] ?? NaN) || value < (values[lag + 1] ?? NaN)) continue;
        const hz = lagRate / truePeak(lag);
        const score = value - octaveCost * Math.log2(lag) + (isSame(hz, known) ? continuityBonus : 0);
        if (score <= bestScore || hz < minHz || hz > maxHz) continue;
        bestScore = score;
        bestHz = hz;
        best = value;
      }
      last.steadyFrames = isSame(bestHz, last.hz) ? last.steadyFrames + 1 : 0;
      last.hz = bestHz;
      const isKnown = isSame(bestHz, known);
      const credible = (0.6 * (best + (isKnown ? continuityBonus : 0))) / credibleCorrelation;
      pitch.hz = bestHz;
      pitch.confidence = Math.min(1, isKnown || last.steadyFrames >= settlingFrames ? credible : credible / 3);
      if (pitch.confidence < 0.6) return;
      held.hz = bestHz;
      held.frames = 0;
    },
    rest() {
      pitch.hz = 0;
      pitch.confidence = 0;
      held.frames = memoryFrames;
      last.hz = 0;
    },
    reset() {
      decimator.reset();
      history.reset();
      pitch.rest();
    },
  };

  /** The first lag after the peak at lag 0, not below the shortest period of the range. */
  function firstLag(shortest: number): number {
    let lag = 1;
    while (lag < values.length && (values[lag] ?? NaN) > 0) lag += 1;
    return Math.max(lag, Math.floor(shortest));
  }

  /** Lag, between samples, of the peak of the undamped correlation near a peak of the damped one. */
  function truePeak(near: number): number {
    const undamped = (lag: number): number => (values[lag] ?? NaN) * (gains[lag] ?? NaN);
    let lag = near;
    while (lag + 2 < values.length && undamped(lag + 1) > undamped(lag)) lag += 1;
    const before = undamped(lag - 1);
    const after = undamped(lag + 1);
    const bend = before - 2 * undamped(lag) + after;
    return bend < 0 ? lag + (0.5 * (before - after)) / bend : lag;
  }

  function power(): number {
    const start = history.start(size);
    let sum = 0;
    for (let i = start; i < start + size; i += 1) sum += (history.samples[i] ?? NaN) ** 2;
    return sum / size;
  }

  return pitch;
}

function isSame(hz: number, other: number): boolean {
  return hz > 0 && other > 0 && Math.abs(Math.log2(hz / other)) < sameToneOctaves;
}
