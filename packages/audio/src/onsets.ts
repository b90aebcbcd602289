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
  /** Takes one hop. */
  update(spectrum: PowerSpectrum): void;
  /** Forgets the strengths; called after every frame. */
  clear(): void;
  reset(): void;
}

/** Onsets of the whole and of three parts of the spectrum. */
export function createOnsets(binHz: number, bins: number, hopSeconds: number): Onsets {
  const flux = createLogFlux(binHz, bins, hopSeconds);
  const any = createPeakPicker({ hopSeconds, threshold: 0.12, gapSeconds: 0.03 });
  const kick = createPeakPicker({ hopSeconds, threshold: 0.3, gapSeconds: 0.08 });
  const snare = createPeakPicker({ hopSeconds, threshold: 0.3, gapSeconds: 0.08 });
  const hat = createPeakPicker({ hopSeconds, threshold: 0.25, gapSeconds: 0.05 });

  const onsets = {
    any: 0,
    kick: 0,
    snare: 0,
    hat: 0,
    flux: 0,
    update(spectrum: PowerSpectrum) {
      flux.update(spectrum);
      onsets.any = Math.max(onsets.any, any.push(flux.all));
      onsets.kick = Math.max(onsets.kick, kick.push(flux.low));
      onsets.snare = Math.max(onsets.snare, snare.push(flux.mid));
      onsets.hat = Math.max(onsets.hat, hat.push(flux.high));
      onsets.flux = Math.max(onsets.flux, any.relative);
    },
    clear() {
      onsets.any = onsets.kick = onsets.snare = onsets.hat = onsets.flux = 0;
    },
    reset() {
      flux.reset();
      any.reset();
      kick.reset();
      snare.reset();
      hat.reset();
      onsets.clear();
    },
  };
  return onsets;
}
