import { createLogFlux } from "./log-flux.ts";
import { createPeakPicker } from "./peak-picker.ts";
import type { PowerSpectrum } from "./power-spectrum.ts";

/** What happened since the last frame. */
export interface Onsets {
  /** Strength of any onset, 0 when there was none. */
  readonly any: number;
  readonly kick: number;
  readonly snare: number;
  readonly hat: number;
  /** How much the sound rises now against the usual onset, 0–1. */
  readonly flux: number;
  /** Takes one hop, measured by both spectra. */
  update(): void;
  /** Forgets the strengths; called after every frame. */
  clear(): void;
  reset(): void;
}

/** Where the drums are, Hz. The snare's part leaves out bass notes below and hats above. */
const KICK = [30, 150] as const;
const SNARE = [180, 5000] as const;
const HAT = [6500, 16_000] as const;

/** Onsets of the whole, from a long window that tells notes apart, and of the drums, from a short one that is quick. */
export function createOnsets(long: PowerSpectrum, short: PowerSpectrum, hopSeconds: number): Onsets {
  const whole = createLogFlux(long, { bandsPerOctave: 24, parts: [[30, 16_000]], hopSeconds });
  const parts = createLogFlux(short, { bandsPerOctave: 12, parts: [KICK, SNARE, HAT], hopSeconds });
  const any = createPeakPicker({ hopSeconds, threshold: 0.02, gapSeconds: 0.03 });
  const kick = createPeakPicker({ hopSeconds, threshold: 0.3, gapSeconds: 0.08 });
  const snare = createPeakPicker({ hopSeconds, threshold: 0.3, gapSeconds: 0.08 });
  const hat = createPeakPicker({ hopSeconds, threshold: 0.25, gapSeconds: 0.05 });

  const onsets = {
    any: 0,
    kick: 0,
    snare: 0,
    hat: 0,
    flux: 0,
    update() {
      whole.update();
      parts.update();
      onsets.any = Math.max(onsets.any, any.push(whole.rises[0] ?? 0));
      onsets.kick = Math.max(onsets.kick, kick.push(parts.rises[0] ?? 0));
      onsets.snare = Math.max(onsets.snare, snare.push(parts.rises[1] ?? 0));
      onsets.hat = Math.max(onsets.hat, hat.push(parts.rises[2] ?? 0));
      onsets.flux = Math.max(onsets.flux, any.relative);
    },
    clear() {
      onsets.any = onsets.kick = onsets.snare = onsets.hat = onsets.flux = 0;
    },
    reset() {
      for (const part of [whole, parts, any, kick, snare, hat]) part.reset();
      onsets.clear();
    },
  };
  return onsets;
}
