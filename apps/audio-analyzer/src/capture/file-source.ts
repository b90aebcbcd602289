import type { AudioSource, SourceStatus } from "./audio-source.ts";
import { decodeParts } from "./decode-file.ts";
import { play } from "./player.ts";

/** A recording, in real time and looped; it begins as soon as its first second is decoded. */
export function createFileSource(path: string): AudioSource {
  let stop = (): void => {};
  let status: SourceStatus = { phase: "opening", problem: "" };
  return {
    kind: "file",
    name: path,
    start(onSamples) {
      const sound = { parts: new Array<Float32Array>(), sampleRate: 0, complete: false };
      const stopPlaying = play(sound, (...samples) => {
        status = { phase: "open", problem: "" };
        onSamples(...samples);
      });
      let stopped = false;
      const decode = async (): Promise<void> => {
        for await (const { samples, sampleRate } of decodeParts(path)) {
          if (stopped) return;
          sound.sampleRate = sampleRate;
          sound.parts.push(samples);
        }
        sound.complete = true;
        if (sound.parts.length === 0) status = { phase: "lost", problem: `${path} holds no sound` };
      };
      decode().catch((error: unknown) => {
        // What was decoded before the damage is played all the same.
        sound.complete = true;
        if (sound.parts.length === 0) status = { phase: "lost", problem: error instanceof Error ? error.message : String(error) };
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
