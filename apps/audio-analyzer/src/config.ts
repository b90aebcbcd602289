import { logLevels, messageOf } from "@vj/schema";
import { defaultConfig } from "@vj/audio";
import type { AnalyzerConfig } from "@vj/audio";
import type { ConfigOverrides } from "@vj/worker";
import { z } from "zod";
import { parseSourceSpec } from "./capture/source-spec.ts";

/** Longest `audio_source`, in characters: a path, or a command with its arguments. */
const longestSource = 1024;

/** Settings of the worker, as in its file and in `set_config`. */
export const audioConfig = z.object({
  audio_source: z
    .string()
    .max(longestSource)
    .check((context) => {
      try {
        parseSourceSpec(context.value);
      } catch (error) {
        context.issues.push({ code: "custom", message: messageOf(error), input: context.value });
      }
    })
    .default("auto")
    .describe("auto, device:<name or /regex/>, file:<path>, command:<words>, osc:<port>, demo or none"),
  enable_essentia: z.boolean().default(true).describe("brightness and other descriptors of the sound's colour"),
  enable_pitch: z.boolean().default(true).describe("/audio/pitch"),
  enable_bpm: z.boolean().default(true).describe("/audio/bpm, /audio/phase, /audio/tempo and the beats of /audio/beat"),
  enable_structure: z.boolean().default(true).describe("/audio/structure"),
  enable_spectrum: z.boolean().default(true).describe("/audio/spectrum, 32 more floats sixty times a second"),
  auto_gain: z.boolean().default(true).describe("levels follow the loudness of the programme"),
  smoothing: z.number().min(0).max(1).default(0.3).describe("release of levels and spectrum, 0 none to 1 slow"),
  beat_offset_ms: z.number().min(-200).max(200).default(0).describe("positive sends beats earlier, for slow projectors"),
  silence_db: z.number().min(-120).max(-20).default(defaultConfig.silenceDb).describe("dBFS; sound below it counts as silence"),
  enable_logging: z.boolean().default(true).describe("off: only errors are logged"),
  log_level: z.enum(logLevels).default("info"),
});
export type AudioConfig = z.output<typeof audioConfig>;

/** The analysis settings, with the names of `@vj/audio`. */
export function analyzerSettings(config: AudioConfig): Partial<AnalyzerConfig> {
  return {
    enableDescriptors: config.enable_essentia,
    enablePitch: config.enable_pitch,
    enableBpm: config.enable_bpm,
    enableStructure: config.enable_structure,
    enableSpectrum: config.enable_spectrum,
    autoGain: config.auto_gain,
    smoothing: config.smoothing,
    beatOffsetMs: config.beat_offset_ms,
    silenceDb: config.silence_db,
  };
}

/** The level of the logger. */
export function effectiveLogLevel({ enable_logging, log_level }: AudioConfig): AudioConfig["log_level"] {
  return enable_logging ? log_level : "error";
}

/** Settings that the environment fixes. */
export function environmentOverrides(env: NodeJS.ProcessEnv = process.env): ConfigOverrides {
  const fixed = (key: string, variable: string, value = env[variable]): ConfigOverrides =>
    value === undefined || value === "" ? {} : { [key]: { value, variable } };
  return {
    ...fixed("audio_source", "VJ_AUDIO_SOURCE"),
    ...fixed("log_level", "VJ_LOG_LEVEL", env["VJ_LOG_LEVEL"]?.toLowerCase()),
  };
}
