import { stat } from "node:fs/promises";
import { messageOf } from "@vj/schema";
import type { AudioSource, SamplesListener, SourceStatus } from "./audio-source.ts";
import { decodeParts } from "./decode-file.ts";
import { play } from "./player.ts";
import { createRecording } from "./recording.ts";
import type { Recording } from "./recording.ts";

/** Interval in which an unplayable file is tried again, ms. */
export const retryMs = 1000;

/**
 * A recording, in real time and looped; it begins as soon as its first piece is decoded. A missing or undecodable file is
 * silent, with the reason in the status. It is tried again every second; a damaged one only after it has changed.
 */
export function createFileSource(path: string): AudioSource {
  let stop = (): void => {};
  let status: SourceStatus = { phase: "opening", problem: "" };
  /** Samples at which the channels cancelled, minus those at which they did not. */
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
    const waitForChange = async (failed: string): Promise<void> => {
      const now = await signature(path);
      if (stopped) return;
      if (now === failed) retry = setTimeout(() => void waitForChange(failed), retryMs);
      else open(onSamples);
    };
    const openAgain = (failed: string): void => {
      // Do not repeat the beginning of a damaged file.
      if (recording.empty) retry = setTimeout(open, retryMs, onSamples);
      else void waitForChange(failed);
    };
    const begin = async (): Promise<void> => {
      const before = await signature(path);
      try {
        await decode(path, recording, () => stopped, count);
      } catch (error) {
        if (stopped) return;
        stopPlaying();
        status = { phase: "lost", problem: messageOf(error) };
        openAgain(before);
      }
    };
    void begin();
  };

  return { kind: "file", name: path, start: open, stop: async () => stop(), status: () => status };
}

/** Changes when the file is replaced or written to. Never throws. */
async function signature(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [ino, size, mtimeMs, ctimeMs].join(" ");
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Decodes ahead of the player as far as memory allows; a recording that does not fit is decoded again each time it ends.
 * @throws Error when it cannot be read, decoded or analysed
 */
async function decode(
  path: string,
  recording: Recording,
  isStopped: () => boolean,
  onPart: (samples: number, cancelling: boolean) => void,
): Promise<void> {
  do {
    for await (const { samples, sampleRate, cancelling } of decodeParts(path)) {
      if (isStopped()) return;
      onPart(samples.length, cancelling);
      recording.add(samples, sampleRate);
      await recording.room();
      if (isStopped()) return;
    }
  } while (recording.long);
  recording.end();
}
