import { describe, expect, it } from "vitest";
import { createPipeline } from "../src/pipeline.ts";
import { createFollowedTempos } from "../src/tempo/followed-tempos.ts";

const rate = 44_100;
const chunk = 441;

/** A pipeline with its own clock. */
function pipeline() {
  let now = 0;
  const seen = { frames: 0, newest: 0, levels: 0, latencies: new Array<number>(), lowest: 0, highest: 0, cancelling: false };
  const followed = createFollowedTempos();
  const line = createPipeline(
    { autoGain: false },
    {
      frame: (frame) => {
        seen.frames += 1;
        seen.newest = frame.index;
        seen.levels = frame.levels[7] ?? 0;
      },
      sent: (latency) => seen.latencies.push(latency),
      samples: (lowest, highest, cancelling) => {
        seen.cancelling = cancelling;
        seen.lowest = lowest;
        seen.highest = highest;
      },
    },
    followed,
    () => now,
  );
  let phase = 0;
  const tone = (frames: number, sampleRate = rate): Float32Array => {
    const samples = new Float32Array(frames * 2);
    for (let i = 0; i < frames; i += 1) {
      phase += (2 * Math.PI * 440) / sampleRate;
      samples[2 * i] = 0.5 * Math.sin(phase);
      samples[2 * i + 1] = samples[2 * i] ?? 0;
    }
    return samples;
  };
  return {
    seen,
    line,
    followed,
    /** Advances time, in steps of ten milliseconds; `live`: with a chunk of sound in each. */
    run(ms: number, live: boolean, sampleRate = rate): void {
      for (const end = now + ms; now < end;) {
        now += 10;
        if (live) line.takeSamples(tone(sampleRate / 100, sampleRate), 2, sampleRate);
        line.tick();
      }
    },
    jump(ms: number): void {
      now += ms;
    },
    tone,
  };
}

describe("pipeline", () => {
  it("sends sixty frames per second of sound, and reports their latency", () => {
    const { seen, run, line } = pipeline();
    run(10_000, true);
    expect(seen.frames).toBeGreaterThanOrEqual(599);
    expect(seen.frames).toBeLessThanOrEqual(601);
    expect(seen.levels).toBeGreaterThan(0.2);
    expect(Math.max(...seen.latencies)).toBe(0);
    expect(seen.latencies.length).toBeGreaterThan(590);
    expect(line.droppedFrames()).toBe(0);
  });

  it("sends sixty frames per second of silence while nothing comes, without counting a latency", () => {
    const { seen, run } = pipeline();
    run(10_000, false);
    expect(seen.frames).toBeGreaterThanOrEqual(598);
    expect(seen.frames).toBeLessThanOrEqual(601);
    expect(seen.latencies).toEqual([]);
  });

  it("falls silent with the source, and resumes with it", () => {
    const { seen, run } = pipeline();
    run(1000, true);
    run(2000, false);
    expect(seen.levels).toBeLessThan(0.001);
    run(1000, true);
    expect(seen.levels).toBeGreaterThan(0.2);
    expect(seen.frames).toBeGreaterThan(235);
    expect(seen.frames).toBeLessThan(245);
  });

  it("analyses late sound, but does not send it", () => {
    const { seen, run, jump, line, tone } = pipeline();
    run(1000, true);
    const before = { ...seen };
    jump(2000);
    for (let n = 0; n < 200; n += 1) line.takeSamples(tone(chunk), 2, rate);
    const analysed = seen.newest - before.newest;
    const sent = seen.frames - before.frames;
    expect(analysed).toBeGreaterThan(115);
    expect(sent).toBeLessThan(35);
    expect(line.droppedFrames()).toBe(analysed - sent);
  });

  it("restarts with a source of another rate", () => {
    const { seen, run } = pipeline();
    run(1000, true);
    const before = seen.frames;
    run(1000, true, 48_000);
    expect(seen.frames - before).toBeGreaterThan(57);
    expect(seen.frames - before).toBeLessThan(63);
    expect(seen.levels).toBeGreaterThan(0.2);
  });

  it("changes settings without starting from the beginning", () => {
    const { seen, run, line } = pipeline();
    run(1000, true);
    line.configure({ enablePitch: false });
    run(1000, true);
    expect(seen.newest).toBeGreaterThan(115);
  });

  it("uses one channel where the two cancel, and reports it", () => {
    const { seen, line, tone, jump } = pipeline();
    const play = (samples: Float32Array): void => {
      jump(10);
      line.takeSamples(samples, 2, rate);
    };
    const wrong = (): Float32Array => tone(chunk).map((sample, i) => (i % 2 === 0 ? sample : -sample));
    for (let n = 0; n < 100; n += 1) play(wrong());
    expect(seen.highest - seen.lowest).toBeGreaterThan(0.9);
    expect(seen.levels).toBeGreaterThan(0.2);
    expect(seen.cancelling).toBe(true);
    for (let n = 0; n < 300; n += 1) play(tone(chunk));
    expect(seen.cancelling).toBe(false);
  });

  it("reports the range of its samples", () => {
    const { seen, run } = pipeline();
    run(100, true);
    expect(seen.highest - seen.lowest).toBeGreaterThan(0.9);
  });
});
