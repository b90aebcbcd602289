import { sampleRates } from "@vj/audio";
import type { OscReading, audioOsc } from "@vj/schema";

/** Receives samples: interleaved, -1..1; `interleaved` is reused after the call. `sampleRate` in Hz. */
export type SamplesListener = (interleaved: Float32Array, channels: number, sampleRate: number) => void;

/** Receives the messages of another analyzer, one at a time. */
export type AnalysisListener = (message: OscReading<typeof audioOsc>) => void;

const sourceKinds = ["device", "command", "file", "osc", "demo", "none"] as const;
/** Where sound comes from. */
export type SourceKind = (typeof sourceKinds)[number];

/**
 * `opening`: no sample yet; `open`: samples arrive; `lost`: it ended or stopped delivering and is waited for.
 * A file or the demo signal is `open` at once.
 */
export type SourcePhase = "opening" | "open" | "lost";

/** Whether a source delivers sound. */
export interface SourceStatus {
  phase: SourcePhase;
  /** Why it is lost, for a person; empty while all is well. */
  problem: string;
  /**
   * The recording's channels cancel each other, so one of them is played alone. For sources that mix their channels
   * themselves.
   */
  cancelling?: boolean;
  /** For a port: which sender counts, and which others send to it now. */
  senders?: Senders;
}

/** Senders to one port, each as `address:port`. */
export interface Senders {
  /** The one whose messages count. */
  readonly followed: string;
  /** Others whose messages were dropped within the last three seconds. */
  readonly ignored: readonly string[];
}

/** Largest number of channels mixed to one. */
const mostChannels = 8;

/** Why samples in this format cannot be analysed, for a person; empty when they can. */
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

/** A source of sound. */
export interface AudioSource {
  readonly kind: SourceKind;
  /** Its name for a person: the name of the device, the command, the path. */
  readonly name: string;
  /**
   * Starts to deliver samples, or the analysis of another analyzer; never waits, never throws for a missing device (see
   * `status`).
   */
  start(onSamples: SamplesListener, onAnalysis?: AnalysisListener): void;
  /** Resolves when everything is released. */
  stop(): Promise<void>;
  status(): SourceStatus;
}
