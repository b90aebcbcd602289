/**
 * Samples to features. Pure: no I/O, no clock, no module state.
 *
 * Layout, in reading order:
 * - `frame`: the output, 60 times a second. `config`: the settings. `bands`, `rates`: constants of all parts.
 * - `errors`: with codes.
 * - `analyzer`: the whole path from samples to a frame; every folder is a part of it.
 * - `dsp/`: channels to one (`mix-down`), one to a clean stream (`input`), a stream to spectra.
 * - `level/`: loudness, and silence.
 * - `onset/`: beginnings of sounds.
 * - `tone/`: pitch and tone colour.
 * - `rhythm/`: tempo, beat and bar; its own Layout is in `rhythm/rhythm.ts`. `structure/`: build-up and drop
 *   (`structure`), and the form: sections (`sections`, from `section-filter` with `section-inputs`) and bars of a phrase (`phrase`), both by `form`. `net/`: the network that
 *   all of them compute (`dilated-net`), by a `kernel` in WebAssembly from packed `tensors`.
 * - `beat-out/`: from the state of the rhythm to the frame: beats on time, and an even phase; oscillators that swing with it.
 * - `offline`, `tempo-summary`, `form-list`, `demo/`: for recordings, and a generated track.
 *
 * Changing numbers are fields of small objects (`const state = { mean: 0 }`), never captured `let`s: V8 allocates a new
 * number on the heap whenever a captured variable is assigned, but changes a field in place. Keep it so, because garbage
 * on the path of each hop costs time.
 *
 * A read outside an array gives NaN (`samples[i] ?? NaN`): NaN passes through every formula to the frame, where the tests
 * find it. `?? 0` would hide the fault. Use `?? 0` only where nothing beyond the end is right. Loops over bins and samples count
 * indexes: with `for..of` they take six times as long, with `reduce` twelve times, and an accessor that all kinds of arrays share
 * eight times (Node 20). A loop over a few values is a `for..of`.
 */
export { createAudioFrame } from "./frame.ts";
export { levelBands, levelCount, spectrumBins } from "./bands.ts";
export { outputRate } from "./rates.ts";
export { AudioError } from "./errors.ts";
export type { AudioErrorCode } from "./errors.ts";
export type { AudioFrame, Flag } from "./frame.ts";
export { defaultConfig } from "./config.ts";
export type { AnalyzerConfig } from "./config.ts";
export { createOscillators, oscillatorBeats } from "./beat-out/oscillators.ts";
export type { Oscillators } from "./beat-out/oscillators.ts";
export { createSmoothLevels } from "./level/smooth-levels.ts";
export type { SmoothLevels } from "./level/smooth-levels.ts";
export { sectionNames } from "./structure/sections.ts";
export type { SectionName } from "./structure/sections.ts";
export { createAnalyzer, sampleRates } from "./analyzer.ts";
export type { Analyzer, AnalyzerOptions } from "./analyzer.ts";
export type { TempoControl, TempoView } from "./beat-out/tempo-control.ts";
export type { KeptBeat } from "./rhythm/beat-follower.ts";
export { followedSources } from "./rhythm/hand/followed-beat.ts";
export type { FollowedSource, ProgramBeat } from "./rhythm/hand/followed-beat.ts";
export { handTempo } from "./rhythm/hand/hand-beat.ts";
export type { KeyResult } from "./rhythm/hand/tempo-keys.ts";
export type { TempoSource } from "./rhythm/state.ts";
export { createMixDown } from "./dsp/mix-down.ts";
export type { MixDown } from "./dsp/mix-down.ts";
export { analyzeSamples, createOfflineAnalyzer } from "./offline.ts";
export type { Analysis, Curves, OfflineAnalyzer } from "./offline.ts";
export { createDemoTrack } from "./demo/demo-track.ts";
export type { DemoSection, DemoTrack } from "./demo/demo-track.ts";
