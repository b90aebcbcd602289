import { createBandRise } from "./band-rise.ts";

/**
 * The bands over the last second, compared with those of the music before at the gain of that music, and how busy the sound is. (The
 * gain of the front end rises in quieter parts, so that what is left of the music would seem to gain.)
 */
export interface SoundColour {
  /** Mean rise of a band from hop to hop over the last second, in log units: near 0 for a held chord. */
  readonly flux: number;
  /** How far the bands are above those of the music before, mean over all bands, log units; then how far they are below. */
  readonly added: number;
  readonly lost: number;
  /** Standard deviation of the difference over the bands: independent of the level. */
  readonly apart: number;
  /** Processes the newest log bands, once per hop; `peak`: see `LogBands`. */
  listen(bands: Float64Array, peak: number): void;
  /** Measures the difference. */
  compare(): void;
  /** Takes the current sound for that of the music, with this share of the mean, 0..1. */
  learn(share: number): void;
  /** The next sound that is learned is the first. */
  forget(): void;
}

/** Time constants in hops of 10 ms: of the flux and of the bands. */
const fluxHops = 60;
const bandHops = 70;

export function createSoundColour(bandCount: number): SoundColour {
  const now = new Float64Array(bandCount);
  const usual = new Float64Array(bandCount);
  const rise = createBandRise(bandCount);
  /** The peak of the newest bands, and that of the music: 0 before any was learned. */
  const peaks = { now: 0.5, usual: 0 };

  const colour = {
    flux: 0,
    // Fractions as first values: V8 then stores these fields as numbers that change in place.
    added: 0.5,
    lost: 0.5,
    apart: 0.5,
    listen(bands: Float64Array, peak: number): void {
      peaks.now = peak;
      const scale = peaks.usual > 0 ? peak / peaks.usual : 1;
      for (let b = 0; b < bandCount; b += 1) {
        const value = bands[b] ?? NaN;
        now[b] = (now[b] ?? NaN) + (Math.log1p(scale * Math.expm1(value)) - (now[b] ?? NaN)) / bandHops;
      }
      colour.flux += (rise(bands) - colour.flux) / fluxHops;
    },
    compare(): void {
      let added = 0;
      let lost = 0;
      let squares = 0;
      for (let b = 0; b < bandCount; b += 1) {
        const off = (now[b] ?? NaN) - (usual[b] ?? NaN);
        if (off > 0) added += off;
        else lost -= off;
        squares += off * off;
      }
      colour.added = added / bandCount;
      colour.lost = lost / bandCount;
      colour.apart = Math.sqrt(Math.max(0, squares / bandCount - (colour.added - colour.lost) ** 2));
    },
    learn(share: number): void {
      peaks.usual = peaks.usual > 0 ? peaks.usual * (peaks.now / peaks.usual) ** share : peaks.now;
      for (let b = 0; b < bandCount; b += 1) usual[b] = (usual[b] ?? NaN) + ((now[b] ?? NaN) - (usual[b] ?? NaN)) * share;
    },
    forget(): void {
      peaks.usual = 0;
    },
  };
  return colour;
}
