/**
 * Samples to features. Pure: no I/O, no clock, no module state.
 *
 * Layout, in reading order:
 * - `frame`: what comes out, 60 times a second. `config`: what may be set. `bands`, `rates`: what all parts count in.
 * - `analyzer`: the whole way from samples to a frame; every folder is a part of it.
 * - `dsp/`: channels to one (`mix-down`), one to a clean stream (`input`), a stream to spectra.
 * - `level/`: how loud, and whether it is sound.
 * - `onset/`: when sounds begin.
 * - `tone/`: which tone and which colour.
 * - `rhythm/`: tempo, beat and bar; its own Layout stands in `rhythm/rhythm.ts`. `structure/`: build-up and drop.
 * - `beat-out/`: from the state of the rhythm to the frame: beats on time, and an even phase.
 * - `offline`, `tempo-summary`, `demo/`: around and instead of a live stream.
 *
 * Numbers that change live in small objects (`const state = { mean: 0 }`), never in captured `let`s: V8 makes a new number on the heap
 * whenever a captured variable is assigned, but changes a field in place. That is garbage on the path of each hop: leave it so.
 */
export { createAudioFrame } from "./frame.ts";
export { levelBands, levelCount, spectrumBins } from "./bands.ts";
export { outputRate } from "./rates.ts";
export type { AudioFrame, Flag } from "./frame.ts";
export { defaultConfig } from "./config.ts";
export type { AnalyzerConfig } from "./config.ts";
export { createAnalyzer, sampleRates } from "./analyzer.ts";
export type { Analyzer, AnalyzerOptions } from "./analyzer.ts";
export { createMixDown } from "./dsp/mix-down.ts";
export type { MixDown } from "./dsp/mix-down.ts";
export { analyzeSamples, createOfflineAnalyzer } from "./offline.ts";
export type { Analysis, OfflineAnalyzer } from "./offline.ts";
export { createDemoTrack } from "./demo/demo-track.ts";
export type { DemoSection, DemoTrack } from "./demo/demo-track.ts";
