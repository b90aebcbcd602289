import { messageOf } from "@vj/schema";
import type { AudioSource, SamplesListener, SourceStatus } from "./audio-source.ts";
import { decodeParts } from "./decode-file.ts";
import { play } from "./player.ts";
import { createRecording } from "./recording.ts";
import type { Recording } from "./recording.ts";

/** How often a file that cannot be played is tried again. */
const retryMs = 1000;

/** A recording, in real time and looped; it begins as soon as its first second is decoded. A file that is missing or
 * broken is tried again until it can be played. */
export function createFileSource(path: string): AudioSource {
  let stop = (): void => {};
  let status: SourceStatus = { phase: "opening", problem: "" };

  const decode = async (recording: Recording, isStopped: () => boolean): Promise<void> => {
    for await (const { samples, sampleRate } of decodeParts(path)) {
      if (isStopped()) return;
      recording.add(samples, sampleRate);
    }
    recording.end();
    if (recording.empty) throw new Error(`${path} holds no sound`);
  };

  const open = (onSamples: SamplesListener): void => {
    const recording = createRecording();
    let stopped = false;
    let retry: NodeJS.Timeout | undefined;
    const stopPlaying = play(recording, (...samples) => {
      status = { phase: "open", problem: "" };
      onSamples(...samples);
    });
    stop = () => {
      stopped = true;
      clearTimeout(retry);
      stopPlaying();
    };
    decode(recording, () => stopped).catch((error: unknown) => {
      // What was decoded before the damage is played all the same.
      recording.end();
      if (!recording.empty || stopped) return;
      stopPlaying();
      status = { phase: "lost", problem: messageOf(error) };
      retry = setTimeout(open, retryMs, onSamples);
    });
  };

  return { kind: "file", name: path, start: open, stop: async () => stop(), status: () => status };
}
