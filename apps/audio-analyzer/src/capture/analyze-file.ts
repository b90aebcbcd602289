import { createOfflineAnalyzer } from "@vj/audio";
import type { Analysis, OfflineAnalyzer } from "@vj/audio";
import { decodeParts } from "./decode-file.ts";
import { refuseAborted, SoundError } from "../errors.ts";

/** A longer file is a mistake, such as a disk image, and would take hours. */
const longestHours = 24;

/** How an analysis is followed and ended. */
export interface AnalyzeOptions {
  /** Ends it before the next piece of sound; it rejects with SoundError `aborted`. */
  readonly signal?: AbortSignal | undefined;
  /** @param done part of the file that was read, 0–1. @param seconds of sound that were analysed */
  readonly onProgress?: (done: number, seconds: number) => void;
}

/**
 * Analyses a recording faster than real time and with little memory, whatever its length.
 * @throws SoundError `file` with the next step when the file cannot be read, decoded or analysed; `aborted` once the signal aborts
 */
export async function analyzeFile(path: string, { signal, onProgress }: AnalyzeOptions = {}): Promise<Analysis> {
  const what = `analysing ${path}`;
  refuseAborted(signal, what);
  let analyzer: OfflineAnalyzer | undefined;
  let seconds = 0;
  let read = 0;
  for await (const { samples, sampleRate } of decodeParts(path, (share) => (read = share))) {
    refuseAborted(signal, what);
    analyzer ??= createOfflineAnalyzer(sampleRate);
    analyzer.push(samples);
    seconds += samples.length / sampleRate;
    if (seconds > longestHours * 3600) throw new SoundError("file", `${path} is longer than ${longestHours} hours; cut it into pieces`);
    onProgress?.(read, seconds);
  }
  if (analyzer === undefined) throw new SoundError("file", `${path} contains no sound; choose another file`);
  return analyzer.end();
}
