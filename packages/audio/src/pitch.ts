import FFT from "fft.js";
import type { History } from "./history.ts";

/** Longest lag and window: 93 ms hold four periods of the lowest bass note. */
export const PITCH_WINDOW_SECONDS = 0.093;

export interface PitchRange {
  minHz: number;
  maxHz: number;
}

/** Fundamental of the newest samples. */
export interface Pitch {
  /** Best candidate in Hz, 0 when there is none. */
  readonly hz: number;
  /** 0–1. */
  readonly confidence: number;
  update(history: History, range: PitchRange): void;
  reset(): void;
}

/** A peak of the normalised square difference counts from this share of the highest on (McLeod's k). */
const FIRST_PEAK_SHARE = 0.9;

/**
 * McLeod pitch method (McLeod and Wyvill 2005): the first high peak of the normalised square difference function,
 * whose autocorrelation comes from two transforms.
 */
export function createPitch(size: number, rate: number): Pitch {
  const fft = new FFT(size * 2);
  const input = new Float64Array(size * 4);
  const spectrum = new Float64Array(size * 4);
  const correlation = new Float64Array(size * 4);
  const nsdf = new Float64Array(size / 2);

  const pitch = {
    hz: 0,
    confidence: 0,
    update(history: History, range: PitchRange) {
      const { samples } = history;
      const start = history.start(size);
      let energy = 0;
      for (let i = 0; i < size; i += 1) {
        const sample = samples[start + i] ?? 0;
        input[2 * i] = sample;
        input[2 * i + 1] = 0;
        energy += sample * sample;
      }
      pitch.hz = 0;
      pitch.confidence = 0;
      if (energy <= 1e-12) return;
      input.fill(0, 2 * size);
      fft.transform(spectrum, input);
      for (let k = 0; k < size * 2; k += 1) {
        const re = spectrum[2 * k] ?? 0;
        const im = spectrum[2 * k + 1] ?? 0;
        spectrum[2 * k] = re * re + im * im;
        spectrum[2 * k + 1] = 0;
      }
      fft.inverseTransform(correlation, spectrum);
      let square = 2 * energy;
      for (let lag = 0; lag < nsdf.length; lag += 1) {
        nsdf[lag] = square > 1e-12 ? (2 * (correlation[2 * lag] ?? 0)) / square : 0;
        const head = samples[start + lag] ?? 0;
        const tail = samples[start + size - 1 - lag] ?? 0;
        square -= head * head + tail * tail;
      }
      const lag = firstHighPeak(nsdf, Math.floor(rate / range.maxHz), Math.ceil(rate / range.minHz));
      if (lag === 0) return;
      const a = nsdf[lag - 1] ?? 0;
      const b = nsdf[lag] ?? 0;
      const c = nsdf[lag + 1] ?? 0;
      const bend = a - 2 * b + c;
      const offset = bend < 0 ? (0.5 * (a - c)) / bend : 0;
      pitch.hz = rate / (lag + offset);
      pitch.confidence = Math.max(0, Math.min(1, b - 0.25 * (a - c) * offset));
    },
    reset() {
      pitch.hz = 0;
      pitch.confidence = 0;
    },
  };
  return pitch;
}

/** The lag of the first peak that is nearly as high as the highest, or 0. */
function firstHighPeak(nsdf: Float64Array, from: number, to: number): number {
  let highest = 0;
  const last = Math.min(to, nsdf.length - 2);
  let left = 1;
  while (left < last && (nsdf[left] ?? 0) > 0) left += 1;
  const first = Math.max(from, left);
  for (let lag = first; lag <= last; lag += 1) {
    if (isPeak(nsdf, lag)) highest = Math.max(highest, nsdf[lag] ?? 0);
  }
  for (let lag = first; lag <= last; lag += 1) {
    if (isPeak(nsdf, lag) && (nsdf[lag] ?? 0) >= FIRST_PEAK_SHARE * highest) return lag;
  }
  return 0;
}

function isPeak(nsdf: Float64Array, lag: number): boolean {
  const value = nsdf[lag] ?? 0;
  return value > 0 && value > (nsdf[lag - 1] ?? 0) && value >= (nsdf[lag + 1] ?? 0);
}
