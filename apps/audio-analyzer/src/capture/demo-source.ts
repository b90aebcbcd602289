import { createDemoTrack } from "@vj/audio";
import type { AudioSource } from "./audio-source.ts";
import { play } from "./player.ts";

const sampleRate = 44_100;

/** The built-in track, for a rig without a sound device. */
export function createDemoSource(): AudioSource {
  let stop = (): void => {};
  return {
    kind: "demo",
    name: "demo signal",
    start(onSamples) {
      const track = createDemoTrack(sampleRate);
      let position = 0;
      const next = (block: Float32Array): number => {
        track.render(block, position);
        position = (position + block.length) % track.lengthSamples;
        return block.length;
      };
      stop = play({ sampleRate, next }, onSamples);
    },
    async stop() {
      stop();
    },
    status: () => ({ phase: "open", problem: "" }),
  };
}
