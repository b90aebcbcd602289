import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import type { ClockLine } from "../../src/protocols/midi/clock-out.ts";
import { realtime } from "../../src/protocols/midi/messages.ts";
import { Run } from "./receiver.ts";

const at120: ClockLine = { bpm: 120, beat: 0.5, atUs: 0, metre: 4 };
const interval120 = 60e6 / 120 / 24;
const second = 1e6;

function running(line: ClockLine = at120): Run {
  const run = new Run();
  run.line = line;
  return run.until(4 * second);
}

describe("MIDI clock out", () => {
  it("sends 24 clocks a beat, evenly, and Start with the first clock of a bar", () => {
    const { receiver } = running();
    const intervals = receiver.intervals();
    expect(intervals.length).toBeGreaterThan(180);
    for (const interval of intervals) expect(interval).toBeCloseTo(interval120, -1);
    const start = receiver.log.findIndex(({ status }) => status === realtime.start);
    // Beat 4 is 3.5 beats after beat 0.5.
    expect(receiver.log[start]?.us).toBeCloseTo(1.75 * second, -1);
    expect(receiver.log[start + 1]).toEqual({ us: receiver.log[start]?.us, status: realtime.clock });
    expect(receiver.count(realtime.start)).toBe(1);
  });

  it("keeps the count over a change of tempo in the middle of a beat", () => {
    const run = running();
    const beat = 0.5 + (run.now * 120) / 60e6;
    run.line = { bpm: 174, beat, atUs: run.now, metre: 4 };
    run.until(8 * second);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
    expect(run.receiver.count(realtime.stop)).toBe(0);
    expect(run.receiver.intervals().at(-1)).toBeCloseTo(60e6 / 174 / 24, -1);
  });

  it("makes up for a short stall by shorter intervals, without a burst", () => {
    const run = running().stall(5 * interval120);
    const before = run.receiver.clocks.length;
    run.until(run.now + second);
    const intervals = run.receiver.intervals().slice(before);
    expect(Math.min(...intervals)).toBeGreaterThanOrEqual((interval120 * 2) / 3 - 2);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
    expect(run.receiver.count(realtime.stop)).toBe(0);
  });

  it("says where it goes on after a long stall: Stop, song position, Continue", () => {
    const run = running().stall(0.7 * second);
    const before = run.receiver.log.length;
    run.until(run.now + second);
    expect(run.receiver.log.slice(before, before + 2).map(({ status }) => status)).toEqual([realtime.stop, 0xf2]);
    expect(run.receiver.count(realtime.continue)).toBe(1);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
    expect(Math.min(...run.receiver.intervals())).toBeGreaterThan(interval120 / 2);
  });

  it("changes nothing when the beats jump by whole bars, as after a new start of the analyzer", () => {
    const run = running();
    run.line = { ...at120, beat: at120.beat - 400 };
    run.until(run.now + second);
    expect(run.receiver.count(realtime.stop)).toBe(0);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
  });

  it("moves to the new place when a person says where 1 is", () => {
    const run = running();
    run.line = { ...at120, beat: at120.beat + 1.3 };
    run.until(run.now + second);
    expect(run.receiver.count(realtime.continue)).toBe(1);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
  });

  it("keeps its pace while the measured beat trembles by 5 ms, 60 times a second", () => {
    const run = running();
    const before = run.receiver.clocks.length;
    for (let n = 0; n < 600; n += 1) {
      run.line = { ...at120, atUs: ((n * 7919) % 10_001) - 5000 };
      run.until(run.now + second / 60);
    }
    for (const interval of run.receiver.intervals().slice(before)) expect(Math.abs(interval - interval120)).toBeLessThan(500);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
  });

  it("does not move for a single measurement that is half a beat off", () => {
    const run = running();
    run.line = { ...at120, beat: at120.beat + 0.5 };
    run.until(run.now + 0.1 * second);
    run.line = at120;
    run.until(run.now + second);
    expect(run.receiver.count(realtime.stop)).toBe(0);
    expect(Math.max(...run.receiver.intervals())).toBeLessThan(interval120 * 1.11);
  });

  it("waits when the beats come a little later, and neither stops nor sends twice", () => {
    const run = running();
    run.line = { ...at120, beat: at120.beat - 0.2 };
    run.until(run.now + 2 * second);
    expect(Math.max(...run.receiver.intervals())).toBeLessThanOrEqual(interval120 * 1.1 + 2);
    expect(run.receiver.count(realtime.stop)).toBe(0);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
  });

  it("stops once when the tempo ends, and starts at a bar when it is back", () => {
    const run = running();
    run.line = undefined;
    run.until(run.now + second).until(run.now + second);
    expect(run.receiver.count(realtime.stop)).toBe(1);
    run.line = at120;
    run.until(run.now + 4 * second);
    expect(run.receiver.count(realtime.start)).toBe(2);
    expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
  });

  it("whatever happens: no burst, and a second later the receiver is where the rig is", () => {
    const event = fc.oneof(
      fc.record({ stallMs: fc.integer({ min: 0, max: 20_000 }) }),
      fc.record({ bpm: fc.double({ min: 20, max: 400, noNaN: true }) }),
      fc.record({ jump: fc.double({ min: -500, max: 500, noNaN: true }) }),
      fc.record({ waitMs: fc.integer({ min: 0, max: 3000 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), fc.integer({ min: 0, max: 3 }), (events, seed) => {
        const run = new Run();
        run.lateUs = () => ((run.now * 7 + seed) % 900) + 50;
        let bpm = 120;
        let beat = 0;
        let atUs = 0;
        let slowest = 120;
        const set = (): void => {
          run.line = { bpm, beat, atUs, metre: 4 };
        };
        set();
        run.until(3 * second);
        for (const one of events) {
          beat += ((run.now - atUs) * bpm) / 60e6;
          atUs = run.now;
          if ("stallMs" in one) run.stall(one.stallMs * 1000);
          if ("bpm" in one) bpm = one.bpm;
          if ("jump" in one) beat += one.jump;
          if ("waitMs" in one) run.until(run.now + one.waitMs * 1000);
          slowest = Math.min(slowest, bpm);
          set();
          run.until(run.now + 1000);
        }
        // A bar, and the catching up.
        run.until(run.now + (8 * 60e6) / slowest);
        expect(Math.abs(run.error() ?? 99)).toBeLessThanOrEqual(1);
        expect(Math.min(...run.receiver.intervals())).toBeGreaterThan(((60e6 / 400 / 24) * 2) / 3 - 1000);
      }),
      { numRuns: 60 },
    );
  });
});
