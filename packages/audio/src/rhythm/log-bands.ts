import FFT from "fft.js";

/** Short-time spectrum in bands of equal ratio, compressed logarithmically against the level of the input. */
export interface LogBands {
  /** Samples between frames: about 10 ms. */
  readonly hop: number;
  /** Samples in one frame. */
  readonly size: number;
  /** Lower edge of each band, Hz. */
  readonly edges: Float64Array;
  /** log(1 + g |X|) of each band of the last frame; g follows the loudest band of the last seconds. */
  readonly values: Float64Array;
  /** Sum of the squared samples of the last frame under the window, divided by that of the window. */
  readonly power: number;
  /** Analyse one frame of `size` samples read from a ring buffer of `size` samples, oldest at `start`. */
  analyse(ring: Float32Array, start: number): void;
  reset(): void;
}

const LOWEST_HZ = 27.5;
const HIGHEST_HZ = 16_000;
/** Ratio of neighbouring band edges. */
const RATIO = 1.22;
/** Compression: a band at the recent peak gives log(1 + COMPRESSION). */
const COMPRESSION = 100;
const PEAK_DECAY_SECONDS = 7;
/** Below this peak magnitude (about -100 dBFS) gain stops rising, so that noise of the converter stays silent. */
const PEAK_FLOOR = 1e-5;

const powerOfTwoNear = (n: number): number => 2 ** Math.round(Math.log2(n));

const bandEdges = (sampleRate: number, size: number): { edges: Float64Array; bins: Int32Array } => {
  const top = Math.min(HIGHEST_HZ, sampleRate * 0.46);
  const edges: number[] = [];
  const bins: number[] = [];
  for (let hz = LOWEST_HZ; hz < top; hz *= RATIO) {
    const bin = Math.max(1, Math.round((hz * size) / sampleRate));
    if (bin === bins.at(-1)) continue;
    edges.push(hz);
    bins.push(bin);
  }
  bins.push(Math.round((top * size) / sampleRate) + 1);
  return { edges: Float64Array.from(edges), bins: Int32Array.from(bins) };
};

export const createLogBands = (sampleRate: number): LogBands => {
  const hop = Math.round(sampleRate / 100);
  const size = powerOfTwoNear(sampleRate * 0.0232);
  const { edges, bins } = bandEdges(sampleRate, size);
  const fft = new FFT(size);
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / size));
  const windowPower = window.reduce((sum, w) => sum + w * w, 0);
  const frame = new Float64Array(size);
  const spectrum = new Float64Array(2 * size);
  const values = new Float64Array(edges.length);
  const decay = Math.exp(-hop / sampleRate / PEAK_DECAY_SECONDS);
  let peak = PEAK_FLOOR;

  const bands = {
    hop,
    size,
    edges,
    values,
    power: 0,
    analyse(ring: Float32Array, start: number): void {
      let power = 0;
      for (let i = 0; i < size; i++) {
        const s = (ring[(start + i) % size] ?? 0) * (window[i] ?? 0);
        frame[i] = s;
        power += s * s;
      }
      bands.power = power / windowPower;
      fft.realTransform(spectrum, frame);
      let loudest = 0;
      for (let b = 0; b < values.length; b++) {
        const from = bins[b] ?? 0;
        const to = bins[b + 1] ?? 0;
        let sum = 0;
        for (let k = from; k < to; k++) sum += Math.hypot(spectrum[2 * k] ?? 0, spectrum[2 * k + 1] ?? 0);
        const magnitude = (sum * 4) / size / Math.sqrt(to - from);
        values[b] = magnitude;
        if (magnitude > loudest) loudest = magnitude;
      }
      peak = Math.max(peak * decay, loudest, PEAK_FLOOR);
      for (let b = 0; b < values.length; b++) values[b] = Math.log(1 + (COMPRESSION * (values[b] ?? 0)) / peak);
    },
    reset(): void {
      peak = PEAK_FLOOR;
      values.fill(0);
      bands.power = 0;
    },
  };
  return bands;
};
