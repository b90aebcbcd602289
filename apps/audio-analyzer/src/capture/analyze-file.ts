import { createOfflineAnalyzer } from "@vj/audio";
import type { Analysis, OfflineAnalyzer } from "@vj/audio";
import { decodeParts } from "./decode-file.ts";

/** A longer file is a mistake, such as a disk image, and would take hours. */
const longestHours = 24;

/**
 * Analyses a recording faster than real time and with little memory, whatever its length.
 * @throws Error with the next step when the file cannot be read, decoded or analysed
 */
export async function analyzeFile(path: string): Promise<Analysis> {
  let analyzer: OfflineAnalyzer | undefined;
  let seconds = 0;
  for await (const { samples, sampleRate } of decodeParts(path)) {
    analyzer ??= createOfflineAnalyzer(sampleRate);
    analyzer.push(samples);
    seconds += samples.length / sampleRate;
    if (seconds > longestHours * 3600) throw new Error(`${path} is longer than ${longestHours} hours; cut it into pieces`);
  }
  if (analyzer === undefined) throw new Error(`${path} contains no sound; choose another file`);
  return analyzer.end();
}
