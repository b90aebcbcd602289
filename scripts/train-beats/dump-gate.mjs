// Records the inputs of the end of music for clips of make_songs.py or make_ends.py: dump-gate.mjs FOLDER writes k.gate (32-bit floats,
// rows of gate-tap.mjs) beside k.pcm. Needs a build of packages/audio. Clips that were read before are left out.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { rate, readSongs } from "./song-reader.mjs";

register("./gate-tap-hook.mjs", import.meta.url);
const { analyzeSamples } = await import("../../packages/audio/dist/offline.js");
const { record } = await import("./gate-tap.mjs");

readSongs(".gate", (samples, path) => {
  /** @type {{ music?: number }} */
  const labels = JSON.parse(readFileSync(`${path}.json`, "utf8"));
  record.until = labels.music ?? Infinity;
  analyzeSamples(samples, rate);
  return new Uint8Array(Float32Array.from(record.rows.splice(0)).buffer);
});
