// Cost of the analyzer per published frame, and as a share of one core at 60 frames per second.
import { createAnalyzer, createDemoTrack } from "@vj/audio";
import { quantile, table, us } from "./report.mjs";

const seconds = 30;

export function analyzerCost() {
  const sampleRate = 44_100;
  const track = createDemoTrack(sampleRate);
  const samples = new Float32Array(sampleRate * seconds);
  track.render(samples, 0);
  let frames = 0;
  const analyzer = createAnalyzer({ sampleRate }, () => (frames += 1));
  const step = sampleRate / 60;
  const times = [];
  const cpu = process.cpuUsage();
  for (let from = 0; from + step <= samples.length; from += step) {
    const before = performance.now();
    analyzer.push(samples, from, from + step);
    times.push((performance.now() - before) * 1000);
  }
  const used = process.cpuUsage(cpu);
  const warm = times.slice(300);
  table("Analyzer, per frame of 1/60 s (goal p99 < 1 ms, < 5 % of a core)", ["", "p50", "p99", "max", "of a core"], [
    [
      `${frames} frames of the demo track`,
      us(quantile(warm, 0.5)),
      us(quantile(warm, 0.99)),
      us(Math.max(...warm)),
      `${((used.user + used.system) / 1e4 / seconds).toFixed(1)} %`,
    ],
  ]);
}
