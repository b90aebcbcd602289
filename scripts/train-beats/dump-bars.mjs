// Records the inputs of the bar counter for songs of make_songs.py: dump-bars.mjs FOLDER writes k.bars.json beside k.pcm.
// Needs a build of packages/audio. Songs that were read before are left out.
import { register } from "node:module";
import { rate, readSongs } from "./song-reader.mjs";

const FRAMES = 60;
register("./bar-tap-hook.mjs", import.meta.url);
const { createRhythm } = await import("../../packages/audio/dist/rhythm/rhythm.js");
const { events } = await import("./bar-tap.mjs");

/** Feeds the tracker frame by frame, as the analyzer does. @param {Float32Array} samples @returns its events, each with the time of its frame, s */
const run = (samples) => {
  const rhythm = createRhythm({ sampleRate: rate });
  /** @type {(import("./bar-tap.mjs").BarEvent & { time: number })[]} */
  const timed = [];
  for (let k = 1, fed = 0; (k * rate) / FRAMES <= samples.length; k++) {
    const until = Math.round((k * rate) / FRAMES);
    rhythm.push(samples, fed, until);
    rhythm.takeBeat((k + 0.5) / FRAMES);
    fed = until;
    timed.push(...events.splice(0).map((event) => ({ time: k / FRAMES, ...event })));
  }
  return timed;
};

readSongs(".bars.json", (samples) => JSON.stringify(run(samples)));
