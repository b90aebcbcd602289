import { AudioError } from "./errors.ts";

/** Settings that a user may change while the analyzer runs. */
export interface AnalyzerConfig {
  /** Fundamental frequency. Off: `pitchHz` and `pitchConfidence` are 0. */
  enablePitch: boolean;
  /** Tempo and beats. Off: `beat`, `bpm`, `phase` and related values stay at rest. */
  enableBpm: boolean;
  /** Build-up, drop and trend. Off: all three are 0. */
  enableStructure: boolean;
  /** The 32 bins. Off: zeros. */
  enableSpectrum: boolean;
  /** Spectral descriptors (brightness, noisiness). Off: both are 0. */
  enableDescriptors: boolean;
  /** Release of levels and spectrum, 0 (none) to 1 (slow). The attack is always instant. */
  smoothing: number;
  /** Levels follow the programme's loudness. Off: they are absolute, 0 dBFS = 1. */
  autoGain: boolean;
  /** -200 to 200 ms. Positive sends beats earlier, for slow projectors; negative sends them later. */
  beatOffsetMs: number;
  /** Lowest fundamental to report, Hz. */
  pitchMinHz: number;
  /** Highest fundamental to report, Hz. */
  pitchMaxHz: number;
  /** Below this confidence `pitchHz` is 0. */
  pitchMinConfidence: number;
  /** Silence begins after half a second below this RMS, dBFS. */
  silenceDb: number;
}

/** Largest `beatOffsetMs` in either direction. */
export const largestOffsetMs = 200;

/** The settings of a new analyzer. */
export const defaultConfig: Readonly<AnalyzerConfig> = {
  enablePitch: true,
  enableBpm: true,
  enableStructure: true,
  // 32 more floats per frame on the wire, needed only to draw a spectrum.
  enableSpectrum: false,
  enableDescriptors: true,
  // 0.3, about 90 ms, is the release that looks in time with the music.
  smoothing: 0.3,
  autoGain: true,
  beatOffsetMs: 0,
  // The range of the contract. The lowest string of a five-string bass is 31 Hz.
  pitchMinHz: 20,
  pitchMaxHz: 2000,
  pitchMinConfidence: 0.6,
  // Below the noise of a line input, above that of 16-bit silence.
  silenceDb: -80,
};

/** Returns the same settings. @throws AudioError `range` when one is out of its range; the message contains the range. */
export function checkConfig(config: AnalyzerConfig): AnalyzerConfig {
  within("smoothing", config.smoothing, 0, 1);
  within("beatOffsetMs", config.beatOffsetMs, -largestOffsetMs, largestOffsetMs);
  within("pitchMinHz", config.pitchMinHz, 20, 2000);
  within("pitchMaxHz", config.pitchMaxHz, config.pitchMinHz, 2000);
  within("pitchMinConfidence", config.pitchMinConfidence, 0, 1);
  within("silenceDb", config.silenceDb, -120, -20);
  return config;
}

function within(name: keyof AnalyzerConfig, value: number, low: number, high: number): void {
  if (!(value >= low && value <= high)) throw new AudioError("range", `${name} is ${value}; it must be from ${low} to ${high}`);
}
