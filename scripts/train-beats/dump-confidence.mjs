// Records the inputs of the stated confidence for clips of make_songs.py: dump-confidence.mjs FOLDER writes k.stated (32-bit floats: time,
// trust and half of each beat that goes out) beside k.pcm. Needs a build of packages/audio. Clips that were read before are left out.
import { register } from "node:module";
import { rate, readSongs } from "./song-reader.mjs";

register("./confidence-tap-hook.mjs", import.meta.url);
const { createAnalyzer } = await import("../../packages/audio/dist/analyzer.js");
const { record } = await import("./confidence-tap.mjs");

readSongs(".stated", (samples) => {
  /** @type {number[]} */
  const rows = [];
  createAnalyzer({ sampleRate: rate }, ({ beat, time }) => {
    if (beat === 1) rows.push(time, record.trust, record.half);
  }).push(samples);
  return new Uint8Array(Float32Array.from(rows).buffer);
});
