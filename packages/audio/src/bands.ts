/** The seven level bands in Hz, low edge inclusive, in the order of `AudioFrame.levels`. */
export const levelBands = [
  { name: "sub_bass", lowHz: 20, highHz: 60 },
  { name: "bass", lowHz: 60, highHz: 250 },
  { name: "low_mid", lowHz: 250, highHz: 500 },
  { name: "mid", lowHz: 500, highHz: 2000 },
  { name: "high_mid", lowHz: 2000, highHz: 4000 },
  { name: "presence", lowHz: 4000, highHz: 6000 },
  { name: "air", lowHz: 6000, highHz: 20000 },
] as const;

/** Seven bands plus the overall RMS. */
export const levelCount = 8;

/** Number of log-spaced bins of `AudioFrame.spectrum`, and their range, Hz. */
export const spectrumBins = 32;
export const spectrumLowHz = 20;
export const spectrumHighHz = 20_000;

/** Bands of about equal ratio. */
export interface RatioBands {
  lowestHz: number;
  highestHz: number;
  /** Lower limit of the width of a band, Hz. */
  narrowestHz: number;
  /** Upper over lower edge of all wider bands. */
  ratio: number;
}

/** Lower edges of the bands, Hz, and the upper edge of the last, which is the first at or above `highestHz`. */
export function ratioBandEdges({ lowestHz, highestHz, narrowestHz, ratio }: RatioBands): number[] {
  const edges = [lowestHz];
  for (let hz = lowestHz; hz < highestHz; edges.push(hz)) hz = Math.max(hz + narrowestHz, hz * ratio);
  return edges;
}
