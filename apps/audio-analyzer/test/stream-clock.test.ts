import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createStreamClock } from "../src/stream-clock.ts";

const rate = 44_100;
const chunk = 256;
const chunkMs = (chunk / rate) * 1000;

/** A stream and its clock, with a source whose chunks arrive at given times. */
function stream() {
  const clock = createStreamClock(rate, 0);
  let position = 0;
  let silence = 0;
  let ticked = 0;
  const tickUntil = (now: number): void => {
    for (; ticked <= now; ticked += 1000 / 60) {
      const filled = clock.tick(ticked);
      position += filled;
      silence += filled;
    }
  };
  return {
    clock,
    position: () => position,
    silence: () => silence,
    /** Milliseconds by which the stream is behind. */
    lag: (now: number) => clock.lag(position, now),
    tickUntil,
    /** One chunk, after all ticks before it. */
    chunk(now: number, samples = chunk): number {
      tickUntil(now);
      const skip = clock.arrive(samples, now);
      position += samples - skip;
      return skip;
    },
    /** Live sound from one time to another; `speed` is the relative speed of the device's clock. */
    live(from: number, to: number, speed = 1): void {
      for (let now = from; now < to; now += chunkMs / speed) this.chunk(now);
    },
  };
}

describe("stream clock", () => {
  it("fills everything with silence while no sound arrives", () => {
    const s = stream();
    s.tickUntil(10_000);
    expect(s.position()).toBeGreaterThan(9.98 * rate);
    expect(s.lag(10_000)).toBeLessThan(17);
    expect(s.silence()).toBe(s.position());
  });

  it("passes live sound on unchanged", () => {
    const s = stream();
    s.live(10, 60_000);
    expect(s.clock.dropped).toBe(0);
    expect(s.silence()).toBeLessThan(0.02 * rate);
    expect(Math.abs(s.lag(60_000))).toBeLessThan(10);
  });

  it("tolerates gaps of a tenth of a second without filling or dropping", () => {
    const s = stream();
    s.live(0, 1000);
    const before = s.silence();
    for (let block = 0; block < 50; block += 1) {
      // A hundred milliseconds of nothing, then everything at once.
      const now = 1100 + block * 100;
      for (let n = 0; n < 17; n += 1) s.chunk(now);
    }
    expect(s.silence()).toBe(before);
    expect(s.clock.dropped).toBe(0);
  });

  it("fills with silence a quarter of a second after the last sound, and in step with the clock from then on", () => {
    const s = stream();
    s.live(0, 1000);
    s.tickUntil(1240);
    expect(s.lag(1240)).toBeGreaterThan(200);
    s.tickUntil(1300);
    expect(s.lag(1300)).toBeLessThan(17);
    s.tickUntil(20_000);
    expect(s.lag(20_000)).toBeLessThan(17);
  });

  it("drops old sound that arrives in a burst after silence was filled in, and is in step again", () => {
    const s = stream();
    s.live(0, 1000);
    s.tickUntil(4000);
    let skipped = 0;
    // Three seconds that were held back, in pieces as from a pipe.
    for (let n = 0; n < 16; n += 1) skipped += s.chunk(4000, 8192);
    expect(skipped).toBeGreaterThan(2.7 * rate);
    s.live(4006, 6000);
    expect(Math.abs(s.lag(6000))).toBeLessThan(20);
    expect(s.clock.dropped).toBeLessThan(3.3 * rate);
  });

  it("catches up without loss after a pause of this process, and marks stale sound", () => {
    const s = stream();
    s.live(0, 1000);
    const before = s.silence();
    // Ticks and chunks were both delayed by a second; the late tick comes first.
    const position = s.position();
    s.clock.tick(2000);
    expect(s.clock.lag(position + chunk, 2000)).toBeGreaterThan(s.clock.staleMs);
    let skipped = 0;
    for (let n = 0; n < 171; n += 1) skipped += s.clock.arrive(chunk, 2000 + n * 0.1);
    expect(skipped).toBe(0);
    expect(s.silence()).toBe(before);
    expect(Math.abs(s.clock.lag(position + 171 * chunk, 2017))).toBeLessThan(30);
  });

  it("does not fill in silence that is stale already", () => {
    const s = stream();
    s.tickUntil(1000);
    expect(s.clock.tick(2000)).toBe(0);
    expect(s.clock.tick(2016)).toBeLessThan(0.02 * rate);
    expect(s.clock.dropped).toBeGreaterThan(0.9 * rate);
  });

  it("restarts after a suspended machine wakes up, instead of catching up for hours", () => {
    const s = stream();
    s.live(0, 1000);
    expect(s.clock.tick(8 * 3600_000)).toBe(0);
    expect(s.clock.arrive(chunk, 8 * 3600_000 + 6)).toBe(0);
    expect(s.clock.tick(8 * 3600_000 + 10)).toBe(0);
  });

  it.each([0.9995, 0.9999, 1.0001, 1.0005])("follows a device whose clock runs %f times as fast", (speed) => {
    const s = stream();
    s.live(0, 600_000, speed);
    expect(s.clock.dropped).toBe(0);
    expect(s.silence()).toBeLessThan(0.02 * rate);
    expect(Math.abs(s.lag(600_000))).toBeLessThan(20);
  });

  it("keeps sixty frames per second of a source that runs far too fast or too slow", () => {
    for (const speed of [0.9, 1.1]) {
      const s = stream();
      s.live(0, 60_000, speed);
      expect(Math.abs(s.lag(60_000))).toBeLessThan(400);
    }
  });

  it("tolerates a source with coarse chunks", () => {
    const s = stream();
    // Long enough for the drift correction to use up the initial lead.
    for (let now = 500; now <= 1_800_000; now += 500) s.chunk(now, rate / 2);
    expect(s.clock.dropped).toBeLessThan(rate);
    expect(s.silence()).toBeLessThan(2 * rate);
  });

  it("never strays from the wall clock, whatever the source does", () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 400 }),
      chunks: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const s = stream();
        let now = 0;
        for (const { wait, chunks } of steps) {
          now += wait;
          s.tickUntil(now);
          for (let n = 0; n < chunks; n += 1) {
            const skip = s.chunk(now);
            expect([0, chunk]).toContain(skip);
          }
          expect(s.lag(now)).toBeLessThan(300);
          expect(s.lag(now)).toBeGreaterThan(-100);
        }
        s.tickUntil(now + 1000);
        expect(s.lag(now + 1000)).toBeLessThan(17);
      }),
    );
  });
});
