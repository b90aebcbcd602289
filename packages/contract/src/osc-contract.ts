import { audioOsc } from "./osc-audio.ts";
import { playbackOsc, trackOsc } from "./osc-karaoke.ts";
import { lyricsOsc } from "./osc-lyrics.ts";

/** Every address of the contract, for receivers that interpret messages of any worker. */
export const contractOsc = {
  ...audioOsc,
  ...trackOsc,
  ...playbackOsc("spotify"),
  ...playbackOsc("virtualdj"),
  ...playbackOsc("desktop"),
  ...lyricsOsc,
};
