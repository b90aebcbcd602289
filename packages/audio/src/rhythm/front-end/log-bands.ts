import FFT from "fft.js";
import { ratioBandEdges } from "../../bands.ts";
import { activationRate } from "../../rates.ts";
import type { BandPower } from "../../structure/structure.ts";

/** Short-time spectrum in bands of about equal ratio, compressed logarithmically against the recent peak of the input. */
export interface LogBands {
  /** Samples between frames: about 10 ms. */
  readonly hop: number;
  /** Samples in one frame: the power of two nearest to 23 ms. */
  readonly size: number;
  /** Lower edge of each band, Hz. */
  readonly edges: readonly number[];
  /** log(1 + g |X|) of each band of the last frame; g follows the loudest band of the last seconds. 0 above Nyquist. */
  readonly values: Float64Array;
  /** The recent peak that the values are relative to. */
  readonly peak: number;
  /** Mean square of the last frame, in bands. */
  readonly power: BandPower;
  /** Analyses one frame: `size` samples in a ring buffer of `size` samples, oldest at `start`. */
  analyse(ring: Float32Array, start: number): void;
  reset(): void;
}

// scripts/train-beats/features.py computes the same: change both or neither, and train again.
/** A band at the recent peak gives log(1 + compression). */
const compression = 100;
const peakDecaySeconds = 7;
/** Below this peak magnitude (about -100 dBFS) the gain stops rising, so that the noise of a converter stays silent. */
const peakFloor = 1e-5;
const lowHz = 130;
const highHz = 5000;

const bandEdges = ratioBandEdges({ lowestHz: 21.5, highestHz: 16_000, narrowestHz: 43.1, ratio: 1.2 });

/** Number of values in a frame. */
export const logBandCount = bandEdges.length - 1;

export function createLogBands(sampleRate: number): LogBands {
  const hop = Math.round(sampleRate / activationRate);
  const size = 2 ** Math.round(Math.log2(sampleRate * 0.0232));
  const binOf = (hz: number): number => Math.max(1, Math.round((hz * size) / sampleRate));
  const bins = Int32Array.from(bandEdges, binOf);
  const [lowBin, highBin] = [binOf(lowHz), binOf(highHz)];
  const fft = new FFT(size);
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
  const windowPower = window.reduce((sum, w) => sum + w * w, 0);
  const frame = new Float64Array(size);
  const spectrum = new Float64Array(2 * size);
  const magnitude = new Float64Array(size / 2);
  const values = new Float64Array(logBandCount);
  const power: BandPower = { low: 0, high: 0, all: 0 };
  const decay = Math.exp(-hop / sampleRate / peakDecaySeconds);
  const recent = { peak: peakFloor };

  function measure(): void {
    power.low = 0;
    power.high = 0;
    power.all = 0;
    for (let k = 1; k < size / 2; k += 1) {
      const re = spectrum[2 * k] ?? NaN;
      const im = spectrum[2 * k + 1] ?? NaN;
      const p = re * re + im * im;
      magnitude[k] = Math.sqrt(p);
      const share = (2 * p) / size / windowPower;
      power.all += share;
      if (k < lowBin) power.low += share;
      else if (k >= highBin) power.high += share;
    }
  }

  return {
    hop,
    size,
    edges: bandEdges.slice(0, logBandCount),
    values,
    get peak() {
      return recent.peak;
    },
    power,
    analyse(ring, start) {
      for (let i = 0, at = start; i < size; i += 1, at += 1) {
        if (at === size) at = 0;
        frame[i] = (ring[at] ?? NaN) * (window[i] ?? NaN);
      }
      fft.realTransform(spectrum, frame);
      measure();
      let loudest = 0;
      for (let b = 0; b < logBandCount; b += 1) {
        const from = bins[b] ?? NaN;
        const to = Math.min(Math.max(bins[b + 1] ?? NaN, from + 1), size / 2);
        let sum = 0;
        for (let k = from; k < to; k += 1) sum += magnitude[k] ?? NaN;
        const level = to > from ? (sum * 4) / size / Math.sqrt(to - from) : 0;
        values[b] = level;
        if (level > loudest) loudest = level;
      }
      const peak = Math.max(recent.peak * decay, loudest, peakFloor);
      recent.peak = peak;
      for (let b = 0; b < logBandCount; b += 1) values[b] = Math.log1p((compression * (values[b] ?? NaN)) / peak);
    },
    reset() {
      recent.peak = peakFloor;
      values.fill(0);
      power.low = 0;
      power.high = 0;
      power.all = 0;
    },
  };
}
