import { describe, expect, it } from "vitest";
import { createBarFilter } from "../src/rhythm/bar/bar-filter.ts";
import { barStates, metres, stateAfter } from "../src/rhythm/bar/bar-states.ts";
import { createBeatRepeats } from "../src/rhythm/bar/beat-repeats.ts";

/** Evidence of plain music: one unit for the right place of the right metre, and a little for the metre. */
const evidenceFor = (metre: number, place: number): Float64Array =>
  Float64Array.from(barStates, (state) => (state.beats === metre ? 0.1 + (state.place === place ? 0.7 : 0) : 0));

const run = (filter: ReturnType<typeof createBarFilter>, metre: number, from: number, count: number): void => {
  for (let k = 0; k < count; k += 1) {
    filter.learn(evidenceFor(metre, (from + k) % metre));
    filter.advance(1);
  }
};
const found = (filter: ReturnType<typeof createBarFilter>) => {
  const { beats, place } = barStates[filter.belief.indexOf(Math.max(...filter.belief))] ?? { beats: 0, place: 0 };
  return { beats, place };
};

describe("the bar filter", () => {
  it.each(metres.map(({ beats }) => beats))("finds a bar of %i beats", (metre) => {
    const filter = createBarFilter();
    run(filter, metre, 0, 12 * metre);
    expect(found(filter)).toEqual({ beats: metre, place: 0 });
  });

  it.each([
    [3, 1],
    [3, 2],
    [4, 1],
    [4, 2],
    [4, 3],
  ])("mends within eight bars where it was sure of a wrong place: metre %i, %i beats off", (metre, off) => {
    const filter = createBarFilter();
    run(filter, metre, 0, 100 * metre);
    run(filter, metre, off, 8 * metre);
    expect(found(filter)).toEqual({ beats: metre, place: off });
  });

  it("changes to another metre within eight bars", () => {
    const filter = createBarFilter();
    run(filter, 4, 0, 400);
    run(filter, 3, 0, 24);
    expect(found(filter)).toEqual({ beats: 3, place: 0 });
  });

  it("takes a place that is given, in one metre or in all, and stays a distribution", () => {
    const filter = createBarFilter();
    filter.give(2, undefined);
    expect(found(filter)).toEqual({ beats: 4, place: 2 });
    filter.give(1, 3);
    expect(found(filter).place).toBe(1);
    expect(filter.belief.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });

  it("goes round within the metre", () => {
    barStates.forEach(({ beats, place }, state) => {
      expect(barStates[stateAfter(state, beats)]).toMatchObject({ beats, place });
      expect(barStates[stateAfter(state, 1)]).toMatchObject({ beats, place: (place + 1) % beats });
    });
  });
});

describe("createBeatRepeats", () => {
  it("is lowest where a bar repeats", () => {
    const repeats = createBeatRepeats(2);
    for (let k = 0; k < 30; k += 1) repeats.take(Float64Array.of(k % 3 === 0 ? 1 : 0, k % 3 === 1 ? 1 : 0));
    expect(repeats.values.map((value) => Math.round(value * 100) / 100)).toSatisfy((values: Float64Array) => values[1] === -1 && values[4] === -1 && (values[0] ?? 0) > 0.3);
  });

  it("says nothing of a sound that does not change", () => {
    const repeats = createBeatRepeats(2);
    for (let k = 0; k < 12; k += 1) repeats.take(Float64Array.of(1, 1));
    expect([...repeats.values]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
