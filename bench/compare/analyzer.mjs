// Median cost of one frame of 1/60 s of the demo track, µs.
import { median } from "../../scripts/report.mjs";
import { finish, load } from "./load.mjs";

const sampleRate = 44_100;
const step = sampleRate / 60;
/** Warm-up until everything is compiled, then measurement. */
const warmFrames = 600;
const frames = 2400;

/** @type {typeof import("@vj/audio")} */
const { createAnalyzer, createDemoTrack } = await load("audio");
const track = createDemoTrack(sampleRate);
const samples = new Float32Array(track.lengthSamples);
track.render(samples, 0);
const analyzer = createAnalyzer({ sampleRate }, () => {});
const times = [];
for (let i = 0, at = 0; i < warmFrames + frames; i++, at += step) {
  if (at + step > samples.length) at = 0;
  const before = performance.now();
  analyzer.push(samples, at, at + step);
  if (i >= warmFrames) times.push((performance.now() - before) * 1000);
}
finish(median(times));
