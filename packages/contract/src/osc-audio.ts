import { defineOscTable, flag, float, int, placed, text, unit } from "./osc-table.ts";
import type { OscArgument } from "./osc-table.ts";

const level = <const N extends string>(name: N, flat: string): OscArgument<N, "f"> =>
  placed(unit(name), { flat: `/audio/level/${flat}`, light: "brightness" });

const levels = [
  level("sub_bass", "sub"),
  level("bass", "bass"),
  level("low_mid", "lowmid"),
  level("mid", "mid"),
  level("high_mid", "highmid"),
  level("presence", "presence"),
  level("air", "air"),
  level("rms", "rms"),
] as const;

const hit = <const N extends string>(name: N): OscArgument<N, "f"> => placed(unit(name), { flat: `/audio/hit/${name}`, light: "flash" });

/** Names of the seven bands of `/audio/levels`, lowest first, and the overall level. */
export const levelNames = levels.map(({ name }) => name);

/** Edges of the seven bands in Hz: band n lies between edge n and edge n + 1. */
export const bandEdgesHz = [20, 60, 250, 500, 2000, 4000, 6000, 20_000] as const;

/** Number of bins of `/audio/spectrum`. */
export const spectrumBins = 32;

/** An oscillator that takes so many beats for one swing. */
const oscillator = <const W extends "sin" | "tri" | "saw", const B extends 1 | 2 | 4>(wave: W, beats: B): OscArgument<`${W}_${B}`, "f"> =>
  placed(unit<`${W}_${B}`>(`${wave}_${beats}`), { flat: `/audio/osc/${wave}/${beats}` });

const smooth = <const N extends string>(name: N): OscArgument<N, "f"> => placed(unit(name), { flat: `/audio/smooth/${name}`, light: "brightness" });

/** What the tempo is from: the codes of `tempo_by` in `/audio/tempo`. */
export const tempoBy = { none: 0, analysis: 1, tap: 2, link: 3, midi: 4, os2l: 5 } as const;

/** The parts of a track, as `/audio/section` names them. */
export const sectionNames = ["intro", "groove", "break", "build", "drop", "outro", "silence"] as const;

/** Addresses of the audio analyzer. */
export const audioOsc = defineOscTable({
  "/audio/levels": {
    args: levels,
    kind: "stream",
    rate: 60,
    description: "Level of seven bands (20-60-250-500-2000-4000-6000-20000 Hz) and of the whole signal",
  },
  "/audio/spectrum": {
    args: Array.from({ length: spectrumBins }, (_, bin) => placed(unit(`bin_${bin}`), { light: "brightness" })),
    kind: "stream",
    rate: 60,
    description: "Spectrum in 32 logarithmic bins, low to high; only while enable_spectrum is on",
  },
  "/audio/beat": {
    args: [placed(flag("beat"), { flat: "/audio/beat/on", light: "flash" }), placed(unit("flux"), { light: "brightness" })],
    kind: "stream",
    rate: 60,
    description: "1 in the one frame nearest to each predicted beat, else 0; and the spectral flux",
  },
  "/audio/bpm": {
    args: [placed(float("tempo", "BPM", 0, 180), { flat: "/audio/bpm/value" }), unit("confidence")],
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
    args: [
      placed(flag("buildup"), { flat: "/audio/buildup", light: "flash" }),
      placed(flag("drop"), { flat: "/audio/drop", light: "flash" }),
      placed(float("trend", undefined, -1, 1), { flat: "/audio/trend" }),
      placed(unit("brightness"), { flat: "/audio/brightness", light: "brightness" }),
    ],
    kind: "stream",
    rate: 10,
    description: "Build-up and drop flags, energy trend, brightness",
  },
  "/audio/phase": {
    args: [
      placed(unit("beat_phase"), { flat: "/audio/beat/phase" }),
      placed(unit("bar_phase"), { flat: "/audio/bar/phase" }),
      placed(int("beat_in_bar", 1, 7), { flat: "/audio/beat/count", range: [1, 4] }),
    ],
    kind: "stream",
    rate: 60,
    description: "Position within the beat, within the bar, and which beat of the bar it is (1 up to `metre` of `/audio/bar`)",
  },
  "/audio/bar": {
    args: [int("metre", 1, 7), placed(int("beat_in_bar", 1, 7), { flat: "/audio/bar/beat_in_bar", range: [1, 4] }), unit("bar_phase"), unit("confidence")],
    kind: "stream",
    rate: 60,
    description: "Felt beats of a bar (3/4 has 3, 12/8 has 4; bars of two are counted in fours; 1 and 2 only of a program that is followed), which of them it is, position within the bar, and how sure the place in the bar is",
  },
  "/audio/phrase": {
    args: [int("bar", 0, 8), int("since", 0), unit("confidence")],
    kind: "state",
    description: "Bar of a phrase of eight (0 before the first), bars since the last drop or break, and how sure the bar is",
  },
  "/audio/section": {
    args: [text("section", sectionNames), unit("confidence")],
    kind: "state",
    description: "The part of the track: `intro`, `groove`, `break`, `build`, `drop`, `outro` or `silence`, and how sure that is",
  },
  "/audio/tempo": {
    args: [
      placed(float("tempo", "BPM", 0, 999), { flat: "/audio/tempo", range: [60, 180] }),
      int("beats", 0),
      unit("phase"),
      int("tempo_by", 0, 5),
    ],
    kind: "stream",
    rate: 60,
    description:
      "Tempo by the slope of the last beats (0 while unknown), whole beats since the start, position within the beat, and what the tempo is from: 0 none, 1 analysis, 2 tap, 3 link, 4 midi, 5 os2l",
  },
  "/audio/onset": {
    args: [hit("kick"), hit("snare"), hit("hat")],
    kind: "stream",
    rate: 60,
    description: "Strength of a kick, snare or hat that starts in this frame",
  },
  "/audio/silence": {
    args: [placed(flag("silent"), { flat: "/audio/silence", light: "flash" })],
    kind: "state",
    description: "1 while there is no sound",
  },
  "/audio/energy": {
    args: [
      placed(unit("fast"), { flat: "/audio/energy", light: "brightness" }),
      placed(unit("slow"), { flat: "/audio/energy/slow", light: "brightness" }),
    ],
    kind: "stream",
    rate: 60,
    description: "Energy envelopes: fast to flash with, slow to fade with",
  },
  "/audio/osc": {
    args: [
      oscillator("sin", 1),
      oscillator("sin", 2),
      oscillator("sin", 4),
      oscillator("tri", 1),
      oscillator("tri", 2),
      oscillator("tri", 4),
      oscillator("saw", 1),
      oscillator("saw", 2),
      oscillator("saw", 4),
    ],
    kind: "stream",
    rate: 60,
    description: "Oscillators locked to the beat, over 1, 2 and 4 beats: 0 on the first beat; sine and triangle are 1 half-way, the saw rises to the end",
  },
  "/audio/smooth": {
    args: [smooth("bass"), smooth("mid"), smooth("high")],
    kind: "stream",
    rate: 60,
    description: "Levels that swell and fade without flicker: bass, middle, high",
  },
});
