import { sampleRates } from "@vj/audio";
import type { OscReading, audioOsc } from "@vj/schema";

/** What takes the samples: interleaved, -1..1; `interleaved` is used again after the call. `sampleRate` in Hz. */
export type SamplesListener = (interleaved: Float32Array, channels: number, sampleRate: number) => void;

/** What takes the analysis of another analyzer, a message at a time. */
export type AnalysisListener = (message: OscReading<typeof audioOsc>) => void;

export const sourceKinds = ["device", "command", "file", "osc", "demo", "none"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/**
 * `opening`: no sample yet; `open`: samples came; `lost`: it ended or went quiet and is waited for.
 * A file or the demo signal is `open` at once.
 */
export type SourcePhase = "opening" | "open" | "lost";

export interface SourceStatus {
  phase: SourcePhase;
  /** Why it is lost, in words for a person; empty while all is well. */
  problem: string;
  /** The recording's channels cancel each other; one of them is played alone. For sources that mix by themselves. */
  cancelling?: boolean;
}

/** Most channels that are mixed to one. */
const mostChannels = 8;

/** Why samples in this format cannot be analysed, in words for a person; empty when they can. */
export function formatProblem(channels: number, sampleRate: number): string {
  const { lowest, highest } = sampleRates;
  if (!(sampleRate >= lowest && sampleRate <= highest)) {
    return `its sample rate of ${sampleRate} Hz is not supported; convert it to a rate from ${lowest} to ${highest} Hz`;
  }
  if (!Number.isInteger(channels) || channels < 1 || channels > mostChannels) {
    return `its ${channels} channels are not supported; use 1 to ${mostChannels}`;
  }
  return "";
}

/** Where sound comes from. */
export interface AudioSource {
  readonly kind: SourceKind;
  /** What a person calls it: the name of the device, the command, the path. */
  readonly name: string;
  /** Begins to deliver samples, or the analysis of another analyzer; never waits, never throws for a missing device (see `status`). */
  start(onSamples: SamplesListener, onAnalysis?: AnalysisListener): void;
  /** Resolves when everything it held is released. */
  stop(): Promise<void>;
  status(): SourceStatus;
}
