import { createAudioFrame } from "./frame.ts";
import type { AudioFrame } from "./frame.ts";
import { createBeatOut } from "./beat-out/beat-out.ts";
import { createTempoControl } from "./beat-out/tempo-control.ts";
import type { TempoControl } from "./beat-out/tempo-control.ts";
import { createTempoSlope } from "./beat-out/tempo-slope.ts";
import { checkConfig, defaultConfig, largestOffsetMs } from "./config.ts";
import type { AnalyzerConfig } from "./config.ts";
import { powerToDb } from "./level/decibel.ts";
import { createDescriptors } from "./tone/descriptors.ts";
import { createEnvelope } from "./level/envelope.ts";
import { createHistory } from "./dsp/history.ts";
import { createInput } from "./dsp/input.ts";
import { createLevels } from "./level/levels.ts";
import { createLogSpectrum } from "./level/log-spectrum.ts";
import { createOnsets } from "./onset/onsets.ts";
import { createPitch } from "./tone/pitch.ts";
import { createPowerSpectrum } from "./dsp/power-spectrum.ts";
import { createReassignment } from "./dsp/reassignment.ts";
import { outputRate } from "./rates.ts";
import { createRhythm } from "./rhythm/rhythm.ts";
import { createSilenceGate } from "./level/silence-gate.ts";
import { createStillness } from "./level/stillness.ts";
import { windowSize } from "./dsp/window.ts";
import { AudioError } from "./errors.ts";

/** Accepted sample rates, Hz. High ones are decimated behind a low-pass before any measurement. */
export const sampleRates = { lowest: 8000, highest: 2_000_000 } as const;

/** The sample rate of the stream, 8 kHz to 2 MHz, and settings that differ from `defaultConfig`. */
export type AnalyzerOptions = { sampleRate: number } & Partial<AnalyzerConfig>;

/** Samples in, frames out. It allocates nothing per frame and has no clock: time is the number of samples. */
export interface Analyzer {
  /**
   * Processes any number of mono samples in -1..1, from `from` up to but not including `to` (default: all). Frame k is
   * passed on as soon as sample round(k * sampleRate / 60) is in.
   */
  push(mono: Float32Array, from?: number, to?: number): void;
  /** Changes settings from the next frame on, without losing learned values. @throws AudioError `range` */
  configure(changes: Partial<AnalyzerConfig>): void;
  /** Tempo by hand and by other programs. */
  readonly tempo: TempoControl;
  /** Forgets all sound so far; the next frame has index 1. */
  reset(): void;
  /** How much the levels are lifted, dB; 0 without automatic gain. */
  readonly gainDb: number;
}

/** Onset detection runs twice per frame. */
const hopsPerFrame = 2;
const hopsPerSecond = outputRate * hopsPerFrame;
const secondsPerFrame = 1 / outputRate;
/** 2048 samples at 44.1 kHz: for bass and tone colour. */
const longWindowSeconds = 0.046;
/** 1024 samples at 44.1 kHz: for onsets and everything above 500 Hz. */
const shortWindowSeconds = 0.023;

/** An analyzer of one stream; calls `onFrame` 60 times per second of samples with the same object. @throws AudioError `range` */
export function createAnalyzer(options: AnalyzerOptions, onFrame: (frame: AudioFrame) => void): Analyzer {
  const { sampleRate, ...changes } = options;
  if (!(sampleRate >= sampleRates.lowest && sampleRate <= sampleRates.highest)) {
    throw new AudioError("range", `sampleRate is ${sampleRate}; it must be from ${sampleRates.lowest} to ${sampleRates.highest} Hz`);
  }
  let config: AnalyzerConfig = checkConfig({ ...defaultConfig, ...changes });

  const longest = Math.ceil(sampleRate / hopsPerSecond) + 1;
  const input = createInput(sampleRate, longest);
  const { rate } = input;
  const longSize = windowSize(longWindowSeconds, rate);
  const shortSize = windowSize(shortWindowSeconds, rate);
  const history = createHistory(longSize);
  const long = createPowerSpectrum(longSize, rate);
  const reassignment = createReassignment(long);
  const short = createPowerSpectrum(shortSize, rate);
  const onsets = createOnsets(long, short, 1 / hopsPerSecond);
  const stillness = createStillness(short, history, rate);
  const gate = createSilenceGate(stillness, secondsPerFrame);
  const levels = createLevels();
  const logSpectrum = createLogSpectrum();
  const descriptors = createDescriptors(long);
  const pitch = createPitch(rate, longest);
  const rhythm = createRhythm({ sampleRate: rate });
  const slope = createTempoSlope();
  const beatOut = createBeatOut({ rhythm, slope, frameSeconds: secondsPerFrame, largestOffsetMs });
  const fast = createEnvelope(0.01, 0.15);
  const slow = createEnvelope(1.5, 3);

  const frame = createAudioFrame();
  const levelInput = { spectra: { long, reassignment, short }, power: 0, audible: false, frameSeconds: secondsPerFrame };
  const pitchRange = { minHz: config.pitchMinHz, maxHz: config.pitchMaxHz };
  let fed = 0;
  let hops = 0;
  let rhythmFed = 0;
  let nextHopAt = 0;
  const tempo = createTempoControl(rhythm, slope, () => fed / sampleRate - rhythmFed / rate);

  function scheduleHop(): void {
    nextHopAt = Math.round(((hops + 1) * sampleRate) / hopsPerSecond);
  }

  function onHop(): void {
    hops += 1;
    scheduleHop();
    long.measure(history);
    short.measure(history);
    onsets.update();
    if (hops % hopsPerFrame === 0) finishFrame();
  }

  function finishFrame(): void {
    frame.index += 1;
    frame.time = frame.index / outputRate;
    reassignment.measure(history);
    levelInput.power = 2 * meanSquare(history.samples, history.start(shortSize), shortSize);
    stillness.update();
    gate.update(powerToDb(levelInput.power), config.silenceDb, config.enableBpm && rhythm.inMusic);
    rhythm.rest(gate);
    const { silent } = gate;
    levelInput.audible = !silent;
    frame.silence = silent ? 1 : 0;

    levels.update(levelInput, config, frame.levels);
    if (config.enableSpectrum) logSpectrum.update(levelInput, levels.referenceDb, config, frame.spectrum);
    else frame.spectrum.fill(0);
    fast.update(levels.loudness, secondsPerFrame);
    slow.update(levels.loudness, secondsPerFrame);
    frame.energyFast = fast.value;
    frame.energySlow = slow.value;

    frame.flux = silent ? 0 : onsets.flux;
    frame.onset = silent ? 0 : onsets.any;
    frame.kick = silent ? 0 : onsets.kick;
    frame.snare = silent ? 0 : onsets.snare;
    frame.hat = silent ? 0 : onsets.hat;
    onsets.clear();

    descriptors.update(config.enableDescriptors && !silent, secondsPerFrame);
    frame.brightness = descriptors.brightness;
    frame.noisiness = descriptors.noisiness;
    findPitch(silent);
    beatOut.update(frame, config, rhythmFed / rate);
    onFrame(frame);
  }

  function findPitch(silent: boolean): void {
    if (config.enablePitch && !silent) pitch.update(pitchRange);
    else pitch.rest();
    frame.pitchConfidence = pitch.confidence;
    frame.pitchHz = pitch.confidence >= config.pitchMinConfidence ? pitch.hz : 0;
  }

  scheduleHop();
  return {
    get gainDb() {
      return config.autoGain ? -(levels.referenceDb.at(-1) ?? NaN) : 0;
    },
    tempo,
    push(mono, from = 0, to = mono.length) {
      for (let at = from; at < to;) {
        const end = Math.min(to, at + nextHopAt - fed);
        const count = input.take(mono, at, end);
        history.push(input.output, count);
        if (config.enablePitch) pitch.push(input.output, count);
        if (config.enableBpm || config.enableStructure) {
          rhythm.push(input.output, 0, count);
          rhythmFed += count;
        }
        fed += end - at;
        at = end;
        if (fed === nextHopAt) onHop();
      }
    },
    configure(update) {
      config = checkConfig({ ...config, ...update });
      pitchRange.minHz = config.pitchMinHz;
      pitchRange.maxHz = config.pitchMaxHz;
    },
    reset() {
      for (const part of [input, history, onsets, stillness, gate, levels, descriptors, pitch, rhythm, beatOut, fast, slow]) part.reset();
      const { levels: levelValues, spectrum } = frame;
      levelValues.fill(0);
      spectrum.fill(0);
      Object.assign(frame, createAudioFrame(), { levels: levelValues, spectrum });
      fed = 0;
      hops = 0;
      rhythmFed = 0;
      scheduleHop();
    },
  };
}

function meanSquare(samples: Float32Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i += 1) sum += (samples[i] ?? NaN) ** 2;
  return sum / length;
}
