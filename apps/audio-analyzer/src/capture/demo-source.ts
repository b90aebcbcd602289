import type { AudioSource } from "./audio-source.ts";
import { createDemoTrack } from "./demo-track.ts";
import { play } from "./player.ts";

const sampleRate = 44_100;

/** The built-in track, for a rig without a sound device. */
export function createDemoSource(): AudioSource {
  let stop = (): void => {};
  return {
    kind: "demo",
    name: "demo signal",
    start(onSamples) {
      stop = play({ parts: [createDemoTrack(sampleRate)], sampleRate, complete: true }, onSamples);
    },
    async stop() {
      stop();
    },
    status: () => ({ phase: "open", problem: "" }),
  };
}
