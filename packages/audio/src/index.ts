/**
 * Samples to features. Pure: no I/O, no clock, no module state.
 *
 * Layout, in reading order:
 * - `audio-frame`: what comes out, 60 times a second. `config`: what may be set.
 * - `analyzer`: the whole way from samples to a frame; every other file is one step of it.
 * - `input`, `decimator`, `history`, `window`, `real-fft`, `power-spectrum`, `reassignment`: samples to spectra.
 * - `bands`, `decibel`, `auto-gain`, `release`, `levels`, `log-spectrum`, `envelope`, `stillness`, `silence-gate`: how loud, and whether it is sound.
 * - `log-flux`, `peak-picker`, `drums`, `onsets`: when sounds begin.
 * - `pitch`, `weighted-correlation`, `descriptors`, `meyda-extractors`: which tone and which colour.
 * - `rhythm/`: tempo, beat and structure. `beat-delay`, `beat-clock`: beats on time, and an even phase.
 * - `mix-down`, `cancel-meter`, `offline`, `demo-track`, `demo-voices`: before, around and instead of a live stream.
 */
export { FRAMES_PER_SECOND, LEVEL_BANDS, LEVEL_COUNT, SPECTRUM_BINS, createAudioFrame } from "./audio-frame.ts";
export type { AudioFrame, Flag } from "./audio-frame.ts";
export { defaultConfig } from "./config.ts";
export type { AnalyzerConfig } from "./config.ts";
export { createAnalyzer, SAMPLE_RATES } from "./analyzer.ts";
export type { Analyzer, AnalyzerOptions } from "./analyzer.ts";
export { createMixDown } from "./mix-down.ts";
export type { MixDown } from "./mix-down.ts";
export { analyzeSamples, createOfflineAnalyzer } from "./offline.ts";
export type { Analysis, OfflineAnalyzer } from "./offline.ts";
export { createDemoTrack } from "./demo-track.ts";
export type { DemoSection, DemoTrack } from "./demo-track.ts";
