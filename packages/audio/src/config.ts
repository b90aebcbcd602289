/** What a user may change while the analyzer runs. */
export interface AnalyzerConfig {
  /** Fundamental frequency; off: `pitchHz` and `pitchConfidence` are 0. */
  enablePitch: boolean;
  /** Tempo and beats; off: `beat`, `bpm`, `phase` and their kin stay at rest. */
  enableBpm: boolean;
  /** Build-up, drop and trend; off: all three 0. */
  enableStructure: boolean;
  /** The 32 bins; off: zeros. */
  enableSpectrum: boolean;
  /** Spectral descriptors (brightness, noisiness); off: both 0. */
  enableDescriptors: boolean;
  /** Release of levels and spectrum, 0 (none) to 1 (slow). The attack is always instant. */
  smoothing: number;
  /** Levels follow the programme's loudness; off: they are absolute, 0 dBFS = 1. */
  autoGain: boolean;
  /** -200 to 200 ms. Positive sends beats earlier, for slow projectors; negative sends them later. */
  beatOffsetMs: number;
  /** Lowest fundamental to report, Hz. */
  pitchMinHz: number;
  /** Highest fundamental to report, Hz. */
  pitchMaxHz: number;
  /** Below this confidence `pitchHz` is 0. */
  pitchMinConfidence: number;
  /** Below this RMS, dBFS, for half a second, there is silence. */
  silenceDb: number;
}

/** How far `beatOffsetMs` may go either way. */
export const largestOffsetMs = 200;

/** The settings a fresh analyzer has. */
export const defaultConfig: Readonly<AnalyzerConfig> = {
  enablePitch: true,
  enableBpm: true,
  enableStructure: true,
  // 32 more floats per frame on the wire; only who draws a spectrum wants them.
  enableSpectrum: false,
  enableDescriptors: true,
  // 0.3 is the release an eye takes for "with the music": about 90 ms.
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

/** The same settings. Throws RangeError when one is out of its range, with the range in the message. */
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
  if (!(value >= low && value <= high)) throw new RangeError(`${name} is ${value}; it must be from ${low} to ${high}`);
}
