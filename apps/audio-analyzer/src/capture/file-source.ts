import { messageOf } from "@vj/schema";
import { formatProblem } from "./audio-source.ts";
import type { AudioSource, SamplesListener, SourceStatus } from "./audio-source.ts";
import { fileProblem } from "./check-file.ts";
import { decodeParts } from "./decode-file.ts";
import { play } from "./player.ts";
import { createRecording } from "./recording.ts";
import type { Recording } from "./recording.ts";

/** How often a file that cannot be played is tried again. */
const retryMs = 1000;

/**
 * A recording, in real time and looped; it begins as soon as its first second is decoded. A file that is missing or
 * broken is tried again until it can be played.
 */
export function createFileSource(path: string): AudioSource {
  let stop = (): void => {};
  let status: SourceStatus = { phase: "opening", problem: "" };
  /** Samples at which the channels cancelled, less those at which they did not. */
  let cancelled = 0;

  const open = (onSamples: SamplesListener): void => {
    const recording = createRecording();
    let stopped = false;
    let retry: NodeJS.Timeout | undefined;
    const stopPlaying = play(recording, (...samples) => {
      status = { phase: "open", problem: "", cancelling: cancelled > 0 };
      onSamples(...samples);
    });
    stop = () => {
      stopped = true;
      clearTimeout(retry);
      stopPlaying();
      recording.end();
    };
    const count = (samples: number, cancelling: boolean): void => {
      cancelled += cancelling ? samples : -samples;
    };
    decode(path, recording, () => stopped, count).catch((error: unknown) => {
      // What was decoded before the damage is played all the same.
      recording.end();
      if (stopped || (!recording.empty && !recording.long)) return;
      stopPlaying();
      status = { phase: "lost", problem: messageOf(error) };
      retry = setTimeout(open, retryMs, onSamples);
    });
  };

  return { kind: "file", name: path, start: open, stop: async () => stop(), status: () => status };
}

/**
 * Decodes as far ahead of the player as memory allows; a recording that is too long for it is decoded anew each time
 * it has come to its end.
 * @throws Error when it cannot be read, decoded or analysed
 */
async function decode(
  path: string,
  recording: Recording,
  isStopped: () => boolean,
  onPart: (samples: number, cancelling: boolean) => void,
): Promise<void> {
  do {
    const problem = await fileProblem(path);
    if (problem !== undefined) throw new Error(problem);
    for await (const { samples, sampleRate, cancelling } of decodeParts(path)) {
      if (isStopped()) return;
      const unsupported = formatProblem(1, sampleRate);
      if (unsupported !== "") throw new Error(`${path}: ${unsupported}`);
      onPart(samples.length, cancelling);
      recording.add(samples, sampleRate);
      await recording.room();
      if (isStopped()) return;
    }
    if (recording.empty) throw new Error(`${path} holds no sound`);
  } while (recording.long);
  recording.end();
}
