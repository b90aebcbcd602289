// Records the inputs of the stated confidences for clips of make_songs.py and forms.py: dump-confidence.mjs FOLDER writes k.stated (32-bit floats: time,
// trust, half, metre, beat in bar, its chance, bar in phrase, and its chance of each beat that goes out) beside k.pcm. Needs a build of packages/audio. Clips that were read before are left out.
import { register } from "node:module";
import { rate, readSongs } from "./song-reader.mjs";

register("./confidence-tap-hook.mjs", import.meta.url);
const { createAnalyzer } = await import("../../packages/audio/dist/analyzer.js");
const { record } = await import("./confidence-tap.mjs");

readSongs(".stated", (samples) => {
  /** @type {number[]} */
  const rows = [];
  createAnalyzer({ sampleRate: rate }, ({ beat, time, metre, beatInBar, phraseBar }) => {
    if (beat === 1) rows.push(time, record.trust, record.half, metre, beatInBar, record.place, phraseBar, record.count);
  }).push(samples);
  return new Uint8Array(Float32Array.from(rows).buffer);
});
