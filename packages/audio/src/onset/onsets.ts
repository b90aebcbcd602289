import { createDrums } from "./drums.ts";
import { createLogFlux } from "./log-flux.ts";
import { createPeakPicker } from "./peak-picker.ts";
import type { PowerSpectrum } from "../dsp/power-spectrum.ts";

/** Onsets since the last frame; strengths 0–1, 0 for none. */
export interface Onsets {
  /** An onset of any kind. */
  readonly any: number;
  readonly kick: number;
  readonly snare: number;
  readonly hat: number;
  /** Current rise of the sound relative to the usual onset, 0–1. */
  readonly flux: number;
  /** Processes one hop, measured by both spectra. */
  update(): void;
  /** Forgets the strengths; called after every frame. */
  clear(): void;
  reset(): void;
}

/** Onsets of any kind from a long window, which separates notes; drums from a short one, which reacts quickly. */
export function createOnsets(long: PowerSpectrum, short: PowerSpectrum, hopSeconds: number): Onsets {
  const flux = createLogFlux(long, hopSeconds);
  const drums = createDrums(short, hopSeconds);
  const any = createPeakPicker({
    hopSeconds,
    overMean: 1.6,
    threshold: 0.02,
    gapSeconds: 0.03,
    memorySeconds: 2,
    leastPeak: 0.5,
  });

  const onsets = {
    any: 0,
    kick: 0,
    snare: 0,
    hat: 0,
    flux: 0,
    update() {
      drums.update();
      onsets.any = Math.max(onsets.any, any.push(flux.next()));
      onsets.flux = Math.max(onsets.flux, any.relative);
      onsets.kick = Math.max(onsets.kick, drums.kick);
      onsets.snare = Math.max(onsets.snare, drums.snare);
      onsets.hat = Math.max(onsets.hat, drums.hat);
    },
    clear() {
      onsets.any = onsets.kick = onsets.snare = onsets.hat = onsets.flux = 0;
    },
    reset() {
      for (const part of [flux, drums, any]) part.reset();
      onsets.clear();
    },
  };
  return onsets;
}
