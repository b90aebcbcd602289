import { messageOf } from "@vj/schema";
import { formatProblem } from "./audio-source.ts";
import type { AnalysisListener, AudioSource, SamplesListener } from "./audio-source.ts";

/** Delay after a fault before a source is tried again. */
const retryMs = 5000;

/**
 * The same source with its faults in the status instead of thrown: a format that cannot be analysed, and any fault while
 * it starts or while its samples are analysed. After a fault it is stopped and tried again.
 */
export function guardSource(source: AudioSource): AudioSource {
  let problem = "";
  let retry: NodeJS.Timeout | undefined;
  let stopping: Promise<void> = Promise.resolve();

  const release = (): Promise<void> => {
    stopping = stopping
      .then(() => source.stop())
      .catch((error: unknown) => {
        problem = messageOf(error);
      });
    return stopping;
  };

  const fail = (reason: string, onSamples: SamplesListener, onAnalysis?: AnalysisListener): void => {
    if (problem !== "") return;
    problem = reason;
    void release();
    retry = setTimeout(() => void stopping.then(() => begin(onSamples, onAnalysis)), retryMs);
  };

  const begin = (onSamples: SamplesListener, onAnalysis?: AnalysisListener): void => {
    problem = "";
    try {
      source.start((interleaved, channels, sampleRate) => {
        if (problem !== "") return;
        const unsupported = formatProblem(channels, sampleRate);
        if (unsupported !== "") return fail(unsupported, onSamples, onAnalysis);
        try {
          onSamples(interleaved, channels, sampleRate);
        } catch (error) {
          fail(messageOf(error), onSamples, onAnalysis);
        }
      }, onAnalysis);
    } catch (error) {
      fail(messageOf(error), onSamples, onAnalysis);
    }
  };

  return {
    kind: source.kind,
    get name() {
      return source.name;
    },
    start: begin,
    stop() {
      clearTimeout(retry);
      return release();
    },
    status: () => (problem === "" ? source.status() : { phase: "lost", problem }),
  };
}
