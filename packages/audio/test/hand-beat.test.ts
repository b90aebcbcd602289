import { describe, expect, it } from "vitest";
import { createHandBeat } from "../src/rhythm/hand/hand-beat.ts";
import type { HandBeat } from "../src/rhythm/hand/hand-beat.ts";

/** Feeds the activations of clear beats at a tempo, 100 a second. @returns the number of beats that were measured */
function play(hand: HandBeat, bpm: number, from: number, to: number): number {
  const interval = 60 / bpm;
  let measured = 0;
  for (let frame = Math.round(from * 100); frame < to * 100; frame += 1) {
    const time = frame / 100;
    const off = time - interval * Math.round(time / interval);
    if (hand.push(0.95 * Math.exp(-0.5 * (off / 0.012) ** 2), time, 1)) measured += 1;
  }
  return measured;
}

describe("createHandBeat", () => {
  it.each([
    [299, 303, 300],
    [30.1, 29.6, 30],
    [150, 150.6, 150.6],
  ])("music moves %i BPM on to %d, as far as %d: a tempo by hand stays one that a person can set", (set, music, reached) => {
    const hand = createHandBeat();
    hand.set({ time: 0, interval: 60 / set }, { time: 0.01, interval: (0.01 * 60) / set });
    play(hand, music, 0, 90);
    expect(60 / hand.interval).toBeCloseTo(reached, 1);
  });

  it("takes no line with a tempo that nobody can set", () => {
    const hand = createHandBeat();
    for (const [bpm, taken] of [[900, 300], [12, 30]] as const) {
      hand.set({ time: 0, interval: 60 / bpm }, { time: 0.01, interval: 0 });
      expect(60 / hand.interval).toBeCloseTo(taken, 6);
    }
  });

  it("goes on measuring after nudges by a minute in all", () => {
    const hand = createHandBeat();
    hand.set({ time: 0, interval: 0.5 }, { time: 0.01, interval: 0.001 });
    play(hand, 120, 0, 4);
    for (let k = 0; k < 60; k += 1) hand.nudge(1);
    expect(play(hand, 120, 4, 12)).toBeGreaterThanOrEqual(15);
  });
});
