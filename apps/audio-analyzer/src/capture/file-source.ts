import type { AudioSource, SourceStatus } from "./audio-source.ts";
import { decodeParts } from "./decode-file.ts";
import { play } from "./player.ts";
import { createRecording } from "./recording.ts";

/** A recording, in real time and looped; it begins as soon as its first second is decoded. */
export function createFileSource(path: string): AudioSource {
  let stop = (): void => {};
  let status: SourceStatus = { phase: "opening", problem: "" };
  return {
    kind: "file",
    name: path,
    start(onSamples) {
      const recording = createRecording();
      let stopped = false;
      const decode = async (): Promise<void> => {
        for await (const { samples, sampleRate } of decodeParts(path)) {
          if (stopped) return;
          recording.add(samples, sampleRate);
        }
        recording.end();
        if (recording.empty) throw new Error(`${path} holds no sound`);
      };
      decode().catch((error: unknown) => {
        // What was decoded before the damage is played all the same.
        recording.end();
        if (recording.empty) status = { phase: "lost", problem: error instanceof Error ? error.message : String(error) };
      });
      const stopPlaying = play(recording, (...samples) => {
        status = { phase: "open", problem: "" };
        onSamples(...samples);
      });
      stop = () => {
        stopped = true;
        stopPlaying();
      };
    },
    async stop() {
      stop();
    },
    status: () => status,
  };
}
