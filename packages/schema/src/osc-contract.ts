import { audioOsc } from "./osc-audio.ts";
import { lyricsOsc, playbackOsc, playbackSources, trackOsc } from "./osc-karaoke.ts";
import type { OscTable } from "./osc-table.ts";

/** Every address of the contract, for receivers that want to know what they see. */
export const contractOsc: OscTable = {
  ...audioOsc,
  ...trackOsc,
  ...Object.assign({}, ...playbackSources.map(playbackOsc)),
  ...lyricsOsc,
};
