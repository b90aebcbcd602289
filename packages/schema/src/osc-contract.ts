import { audioOsc } from "./osc-audio.ts";
import { lyricsOsc, playbackOsc, trackOsc } from "./osc-karaoke.ts";

/** Every address of the contract, for receivers that want to know what they see. */
export const contractOsc = {
  ...audioOsc,
  ...trackOsc,
  ...playbackOsc("spotify"),
  ...playbackOsc("virtualdj"),
  ...playbackOsc("desktop"),
  ...lyricsOsc,
};
