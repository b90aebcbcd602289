import { defineOscTable, flag, float, int, unit } from "./osc-table.ts";

const levels = [
  unit("sub_bass"),
  unit("bass"),
  unit("low_mid"),
  unit("mid"),
  unit("high_mid"),
  unit("presence"),
  unit("air"),
  unit("rms"),
] as const;

/** Names of the seven bands of `/audio/levels`, lowest first, and the overall level. */
export const levelNames = levels.map(({ name }) => name);

/** Edges of the seven bands in Hz: band n lies between edge n and edge n + 1. */
export const bandEdgesHz = [20, 60, 250, 500, 2000, 4000, 6000, 20_000] as const;

/** Number of bins of `/audio/spectrum`. */
export const spectrumBins = 32;

/** Addresses of the audio analyzer. */
export const audioOsc = defineOscTable({
  "/audio/levels": {
    args: levels,
    kind: "stream",
    rate: 60,
    description: "Level of seven bands (20-60-250-500-2000-4000-6000-20000 Hz) and of the whole signal",
  },
  "/audio/spectrum": {
    args: Array.from({ length: spectrumBins }, (_, bin) => unit(`bin_${bin}`)),
    kind: "stream",
    rate: 60,
    description: "Spectrum in 32 logarithmic bins, low to high; only while enable_spectrum is on",
  },
  "/audio/beat": {
    args: [flag("beat"), unit("flux")],
    kind: "stream",
    rate: 60,
    description: "1 in the one frame nearest to each predicted beat, else 0; and the spectral flux",
  },
  "/audio/bpm": {
    args: [float("tempo", "BPM", 0, 180), unit("confidence")],
    kind: "stream",
    rate: 1,
    description: "Tempo 60-180 (0 while unknown) and its confidence",
  },
  "/audio/pitch": {
    args: [float("frequency", "Hz", 0, 2000), unit("confidence")],
    kind: "stream",
    rate: 60,
    description: "Fundamental frequency, 0 when uncertain",
  },
  "/audio/structure": {
    args: [flag("buildup"), flag("drop"), float("trend", undefined, -1, 1), unit("brightness")],
    kind: "stream",
    rate: 10,
    description: "Build-up and drop flags, energy trend, brightness",
  },
  "/audio/phase": {
    args: [unit("beat_phase"), unit("bar_phase"), int("beat_in_bar", 1, 4)],
    kind: "stream",
    rate: 60,
    description: "Position within the beat, within the bar of four, and which beat of the bar it is",
  },
  "/audio/onset": {
    args: [unit("kick"), unit("snare"), unit("hat")],
    kind: "stream",
    rate: 60,
    description: "Strength of a kick, snare or hat that starts in this frame",
  },
  "/audio/silence": {
    args: [flag("silent")],
    kind: "state",
    description: "1 while there is no sound",
  },
  "/audio/energy": {
    args: [unit("fast"), unit("slow")],
    kind: "stream",
    rate: 60,
    description: "Energy envelopes: fast to flash with, slow to fade with",
  },
});
