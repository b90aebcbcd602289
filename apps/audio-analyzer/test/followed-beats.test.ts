import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createPipeline } from "../src/pipeline.ts";
import { createFollowedTempos } from "../src/tempo/followed-tempos.ts";

const rate = 8000;
/** Half a frame, ms: beats leave with the frame nearest to them. */
const halfFrame = 1000 / 120;

interface Arrivals {
  readonly chunk: number;
  /** Time that the sound needs to the process, ms. */
  readonly latencyMs: number;
  /** Lateness of each chunk besides, ms. */
  lateMs(): number;
  /** Rate of the device's clock, as a share of the machine's. */
  readonly drift: number;
  readonly offsetMs: number;
  readonly bpm: number;
}

/** Distance of the beats that leave from those that are followed, ms, once ten seconds are over; for thirty seconds of fake time. */
function distances({ chunk, latencyMs, lateMs, drift, offsetMs, bpm }: Arrivals): number[] {
  let now = 1000;
  const followed = createFollowedTempos();
  const off: number[] = [];
  const beatAt = (at: number): number => ((at + offsetMs - 1234) * bpm) / 60_000;
  const frame = ({ beat }: { readonly beat: number }): void => {
    if (beat === 0 || now < 11_000) return;
    const place = beatAt(now);
    off.push(((place - Math.round(place)) * 60_000) / bpm);
  };
  const line = createPipeline({ enablePitch: false, enableStructure: false, beatOffsetMs: offsetMs }, { frame, sent: () => {}, samples: () => {} }, followed, () => now);
  const samples = new Float32Array(chunk);
  const chunkMs = (chunk * 1000) / rate / drift;
  let tick = now;
  let nextReportAt = 0;
  for (let number = 1; number * chunkMs < 30_000; number += 1) {
    // A chunk never overtakes the one before.
    const arrival = Math.max(now, 1000 + latencyMs + number * chunkMs + lateMs());
    for (; tick < arrival; tick += 1000 / 60) {
      now = Math.max(now, tick);
      line.tick();
    }
    now = arrival;
    if (now >= nextReportAt) {
      // Its own beat, without our offset, at a time a little ago.
      followed.take({ source: "link", bpm, beat: beatAt(now - 20 - offsetMs), atMs: now - 20, quantum: 4 }, now);
      nextReportAt = now + 250;
    }
    line.takeSamples(samples, 1, rate);
  }
  return off;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const share = (values: readonly number[], most: number): number => values.filter((value) => Math.abs(value) <= most).length / values.length;

describe("a followed beat", () => {
  it("leaves within half a frame of its time, whatever the sound's latency, chunks and clock", () => {
    fc.assert(
      fc.property(
        fc.record({
          chunk: fc.constantFrom(11, 43, 80, 133),
          latencyMs: fc.double({ min: 0, max: 120, noNaN: true }),
          drift: fc.double({ min: 0.9998, max: 1.0002, noNaN: true }),
          offsetMs: fc.integer({ min: -200, max: 200 }),
          // Beats of other tempos can keep one and the same distance from frames, up to half a frame.
          bpm: fc.constantFrom(72.9, 97.7, 118.3, 152.3),
          seed: fc.integer(),
        }),
        ({ seed, ...given }) => {
          let state = seed >>> 0;
          const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
          const chunkMs = (given.chunk * 1000) / rate;
          // Twice a second the process is held back for up to 40 ms.
          const lateMs = (): number => (random() < chunkMs / 500 ? 40 * random() : 2 * random());
          const off = distances({ ...given, lateMs });
          expect(off.length).toBeGreaterThan(15);
          expect(Math.abs(mean(off.toSorted((a, b) => a - b).slice(off.length >> 3, -(off.length >> 3))))).toBeLessThan(2);
          expect(share(off, halfFrame + 1 + chunkMs / 2)).toBeGreaterThan(0.85);
        },
      ),
      { numRuns: 5 },
    );
  });
});
