import { fc } from "@vj/test-kit/properties";
import { beatAt, phaseOf, tempoOf, timeOfBeat } from "@vj/link";
import { describe, expect, it } from "vitest";
import { withPhase, withTempo } from "../src/timeline.ts";

const timeline = fc.record({
  microsPerBeat: fc.integer({ min: 60_060, max: 3_000_000 }),
  beatOrigin: fc.integer({ min: 0, max: 1e12 }),
  timeOrigin: fc.integer({ min: 0, max: 1e12 }),
});
const later = fc.integer({ min: 0, max: 1e10 });

describe("a timeline", () => {
  it("finds the time of a beat, and the beat at that time", () => {
    fc.assert(fc.property(timeline, later, (line, wait) => {
      const beat = beatAt(line, line.timeOrigin + wait);
      expect(timeOfBeat(line, beat)).toBeCloseTo(line.timeOrigin + wait, 0);
    }));
  });

  it("keeps the beat where the tempo changes, and has a larger origin, so that others follow", () => {
    fc.assert(fc.property(timeline, later, fc.double({ min: 20, max: 999, noNaN: true }), (line, wait, bpm) => {
      const at = line.timeOrigin + wait;
      const changed = withTempo(line, bpm, at);
      // A change at the same micro-beat as the one before is one micro-beat further.
      expect(Math.abs(beatAt(changed, at) - beatAt(line, at))).toBeLessThan(3e-5);
      expect(tempoOf(changed)).toBeCloseTo(bpm, 0);
      expect(changed.beatOrigin).toBeGreaterThan(line.beatOrigin);
    }));
  });

  it("moves forward to a phase, by less than a bar", () => {
    fc.assert(fc.property(timeline, later, fc.double({ min: 0, max: 3.999, noNaN: true }), (line, wait, phase) => {
      const at = line.timeOrigin + wait;
      const moved = withPhase(line, phase, 4, at);
      const by = beatAt(moved, at) - beatAt(line, at);
      expect(by).toBeGreaterThan(-3e-5);
      expect(by).toBeLessThan(4 + 3e-5);
      expect(Math.abs(phaseOf(beatAt(moved, at) - phase + 2, 4) - 2)).toBeLessThan(3e-5);
    }));
  });

  it.each([[-1, 3], [4, 0], [5.5, 1.5]])("has beat %d at place %d of a bar of four", (beat, place) => {
    expect(phaseOf(beat, 4)).toBe(place);
  });
});
