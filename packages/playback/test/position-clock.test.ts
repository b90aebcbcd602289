import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { correct, noPosition, positionAt, timeAt } from "../src/index.ts";

const start = correct(noPosition, { seconds: 10, playing: true, at: 0, duration: 60 }, { fresh: true }).position;

describe("a position between reports", () => {
  it("moves with the clock while it plays, at the rate of the player, within the track", () => {
    expect(positionAt(start, 2500)).toBe(12.5);
    expect(positionAt(start, 1_000_000)).toBe(60);
    const half = correct(start, { seconds: 10, playing: true, rate: 0.5, at: 0, duration: 60 }).position;
    expect(positionAt(half, 2000)).toBe(11);
    const paused = correct(start, { seconds: 11, playing: false, at: 1000 }).position;
    expect(positionAt(paused, 9000)).toBe(11);
  });

  it("takes a seek, a pause and another track at once", () => {
    expect(correct(start, { seconds: 40, playing: true, at: 1000, duration: 60 })).toMatchObject({ jumped: true, position: { seconds: 40, error: 0 } });
    expect(correct(start, { seconds: 5, playing: true, at: 1000, duration: 60 })).toMatchObject({ jumped: true });
    expect(correct(start, { seconds: 11, playing: false, at: 1000, duration: 60 })).toMatchObject({ jumped: true });
    expect(correct(start, { seconds: 11, playing: true, at: 1000, duration: 60 }, { fresh: true })).toMatchObject({ jumped: true });
  });

  it("corrects a small difference without a step, in either direction", () => {
    const late = correct(start, { seconds: 10.8, playing: true, at: 1000, duration: 60 });
    expect(late.jumped).toBe(false);
    expect(positionAt(late.position, 1000)).toBeCloseTo(11, 6);
    expect(positionAt(late.position, 1600)).toBeCloseTo(11.4, 6);
    const early = correct(start, { seconds: 11.05, playing: true, at: 1000, duration: 60 });
    expect(early.jumped).toBe(false);
    expect(positionAt(early.position, 1600)).toBeCloseTo(11.65, 6);
  });

  it("ignores numbers that make no sense", () => {
    for (const rate of [0, -1, Number.NaN, Infinity]) expect(correct(start, { seconds: 1, playing: true, rate, at: 0 }).position.rate).toBe(1);
    expect(positionAt(correct(start, { seconds: -5, playing: true, at: 0 }, { fresh: true }).position, 0)).toBe(0);
  });

  it("never goes back while it plays and reports are late or early by up to 0.2 s, and is within 0.3 s", () => {
    const reports = fc.array(fc.record({ gap: fc.integer({ min: 100, max: 5000 }), off: fc.double({ min: -0.2, max: 0.05, noNaN: true }) }), { maxLength: 20 });
    fc.assert(
      fc.property(reports, fc.constantFrom(0.5, 1, 1.06), (list, rate) => {
        let position = correct(noPosition, { seconds: 0, playing: true, rate, at: 0 }, { fresh: true }).position;
        let [now, last] = [0, 0];
        for (const { gap, off } of list) {
          for (let at = now; at < now + gap; at += 50) {
            const seconds = positionAt(position, at);
            expect(seconds).toBeGreaterThanOrEqual(last - 1e-9);
            expect(Math.abs(seconds - (at / 1000) * rate)).toBeLessThan(0.31);
            last = seconds;
          }
          now += gap;
          last = Math.max(last, positionAt(position, now));
          const result = correct(position, { seconds: Math.max(0, (now / 1000) * rate + off * rate), playing: true, rate, at: now });
          position = result.position;
          if (result.jumped) last = Math.min(last, positionAt(position, now));
        }
      }),
    );
  });

  it("returns the time when it reaches a place, also while a difference is corrected", () => {
    const errors = fc.double({ min: -0.09, max: 0.29, noNaN: true });
    fc.assert(
      fc.property(errors, fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: 0, max: 900, noNaN: true }), (error, ahead, later) => {
        const { position } = correct(start, { seconds: 11 - error, playing: true, at: 1000, duration: 60 });
        const now = 1000 + later;
        const place = positionAt(position, now) + ahead + 0.001;
        expect(positionAt(position, timeAt(position, place, now) ?? Number.NaN)).toBeCloseTo(place, 6);
      }),
    );
  });

  it("returns no time for a place that it will not reach", () => {
    expect(timeAt(start, 10, 0)).toBeUndefined();
    expect(timeAt(start, 61, 0)).toBeUndefined();
    expect(timeAt(noPosition, 5, 0)).toBeUndefined();
    expect(timeAt(start, 60, 0)).toBe(50_000);
  });
});
