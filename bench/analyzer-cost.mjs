// Cost of the analyzer per published frame, as a share of one core at 60 frames per second, and the garbage that it
// creates.
import { createAnalyzer, createDemoTrack } from "@vj/audio";
import { bytes, median, percent, quantile, us } from "../scripts/report.mjs";
import { runs } from "./session.mjs";

const sampleRate = 44_100;
const step = sampleRate / 60;
/** Warm-up until everything is compiled, then measurement, s. */
const warmSeconds = runs(10, 1);
const seconds = runs(60, 1);
/** Short enough that most slices have no collection. */
const sliceFrames = 300;

/** @returns {import("../scripts/report.mjs").Table} */
export function analyzerCost() {
  const track = createDemoTrack(sampleRate);
  const samples = new Float32Array(track.lengthSamples);
  track.render(samples, 0);
  let frames = 0;
  const analyzer = createAnalyzer({ sampleRate }, () => (frames += 1));
  let at = 0;
  const pushFrame = () => {
    analyzer.push(samples, at, at + step);
    at += step;
    if (at + step > samples.length) at = 0;
  };

  while (frames < warmSeconds * 60) pushFrame();
  const times = new Float64Array(seconds * 60);
  const cpu = process.cpuUsage();
  for (let i = 0; i < times.length; i++) {
    const before = performance.now();
    pushFrame();
    times[i] = (performance.now() - before) * 1000;
  }
  const used = process.cpuUsage(cpu);

  const left = [];
  for (let slice = 0; slice < 20; slice++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < sliceFrames; i++) pushFrame();
    left.push((process.memoryUsage().heapUsed - before) / sliceFrames);
  }
  const load = percent((used.user + used.system) / 1e4 / seconds);
  const figures = [us(quantile(times, 0.5)), us(quantile(times, 0.99)), us(Math.max(...times)), load, bytes(median(left))];
  return {
    title: "Analyzer, per frame of 1/60 s (goal p99 < 1 ms, < 5 % of a core)",
    head: ["", "p50", "p99", "max", "of a core", "allocated"],
    rows: [[`${times.length} frames of the demo track`, ...figures]],
  };
}
