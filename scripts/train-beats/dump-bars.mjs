// Records the inputs of the bar counter for songs of make_songs.py: dump-bars.mjs FOLDER writes k.bars.json beside k.pcm.
// Needs a build of packages/audio. Songs that were read before are left out.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { register } from "node:module";
import { join } from "node:path";

const RATE = 44_100;
const FRAMES = 60;
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("usage: dump-bars.mjs FOLDER, one that make_songs.py has filled");
  process.exit(2);
}
register("./bar-tap-hook.mjs", import.meta.url);
const { createRhythm } = await import("../../packages/audio/dist/rhythm/rhythm.js");
const { events } = await import("./bar-tap.mjs");

/** @param {string} path */
const samplesOf = (path) => {
  const bytes = readFileSync(path);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, k) => bytes.readInt16LE(2 * k) / 32_768);
};

/** Feeds the tracker frame by frame, as the analyzer does. @param {Float32Array} samples @returns its events, each with the time of its frame, s */
const run = (samples) => {
  const rhythm = createRhythm({ sampleRate: RATE });
  /** @type {(import("./bar-tap.mjs").BarEvent & { time: number })[]} */
  const timed = [];
  for (let k = 1, fed = 0; (k * RATE) / FRAMES <= samples.length; k++) {
    const until = Math.round((k * RATE) / FRAMES);
    rhythm.push(samples, fed, until);
    rhythm.takeBeat((k + 0.5) / FRAMES);
    fed = until;
    timed.push(...events.splice(0).map((event) => ({ time: k / FRAMES, ...event })));
  }
  return timed;
};

for (const file of readdirSync(folder).filter((name) => name.endsWith(".pcm")).sort()) {
  const out = join(folder, file.replace(".pcm", ".bars.json"));
  if (!existsSync(out)) writeFileSync(out, JSON.stringify(run(samplesOf(join(folder, file)))));
}
