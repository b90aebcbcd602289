/**
 * Samples to features. Pure: no I/O, no clock, no module state.
 *
 * Layout, in reading order:
 * - `audio-frame.ts`: what comes out, 60 times a second.
 * - `config.ts`: what may be set.
 */
export { FRAMES_PER_SECOND, LEVEL_BANDS, LEVEL_COUNT, SPECTRUM_BINS, createAudioFrame } from "./audio-frame.ts";
export type { AudioFrame, Flag } from "./audio-frame.ts";
export { defaultConfig } from "./config.ts";
export type { AnalyzerConfig } from "./config.ts";
export { createAnalyzer } from "./analyzer.ts";
export type { Analyzer, AnalyzerOptions } from "./analyzer.ts";
