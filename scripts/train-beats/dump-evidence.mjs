// Records the inputs of the evidence of music for clips of make_songs.py or make_ends.py: dump-evidence.mjs FOLDER writes k.evidence (32-bit
// floats, rows of evidence-tap.mjs) beside k.pcm. Needs a build of packages/audio. Clips that were read before are left out.
import { register } from "node:module";
import { rate, readSongs } from "./song-reader.mjs";

register("./evidence-tap-hook.mjs", import.meta.url);
const { analyzeSamples } = await import("../../packages/audio/dist/offline.js");
const { record } = await import("./evidence-tap.mjs");

readSongs(".evidence", (samples) => {
  analyzeSamples(samples, rate);
  return new Uint8Array(Float32Array.from(record.rows.splice(0)).buffer);
});
