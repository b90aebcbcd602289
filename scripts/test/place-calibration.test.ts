import { expect, it } from "vitest";
import { createLiveForm } from "../score/live-form.mjs";
import { barStatements, phraseStatements } from "../score/place-calibration.mjs";

const beats = Array.from({ length: 64 }, (_, k) => 0.5 * k);
const every = (count: number, from = 0): number[] => beats.filter((_, k) => k % count === from);
const said = { barStated: 0.7, phraseBar: 0, phraseStated: 0.4 };
const right = (list: readonly { right: boolean }[]): boolean[] => list.map((each) => each.right);

it("a place in the bar is right on the labelled beat of the labelled metre; bars of two may be counted in fours", () => {
  const truth = { beats, downbeats: every(4, 2) };
  const given = [[1, 4, 1], [1.06, 4, 1], [1.1, 4, 1], [1.5, 4, 2], [1.5, 4, 3], [1.5, 3, 2], [0.5, 4, 4]] as const;
  const places = given.map(([time, metre, beatInBar]) => ({ time, metre, beatInBar, ...said }));
  expect(right(barStatements(truth, places))).toEqual([true, true, false, true, false, false, true]);
  expect(barStatements(truth, places)[0]?.stated).toBe(0.7);
  const twos = [1, 2, 3, 4].map((beatInBar) => ({ time: 1, metre: 4, beatInBar, ...said }));
  expect(right(barStatements({ beats, downbeats: every(2) }, twos))).toEqual([true, false, true, false]);
});

it("a bar in the phrase is right within a beat of where it is labelled, eight bars on as well", () => {
  const truth = { beats, downbeats: every(4), phrases: [4] };
  const given = [[4, 1], [4.5, 1], [5.1, 1], [8, 3], [8, 4], [20, 1], [30, 6], [2, 8]] as const;
  const bars = given.map(([time, phraseBar]) => ({ time, metre: 4, beatInBar: 1, ...said, phraseBar }));
  expect(right(phraseStatements(truth, bars))).toEqual([true, true, false, true, false, true, true]);
  const others = [{ time: 8, metre: 4, beatInBar: 2, ...said, phraseBar: 3 }, { time: 8, metre: 4, beatInBar: 1, ...said }];
  expect(phraseStatements(truth, others)).toEqual([]);
});

it("sections and phrases are listed when they go out", () => {
  const live = createLiveForm();
  const frame = { time: 1, beat: 1, metre: 4, beatInBar: 1, barConfidence: 0.5, phraseBar: 8, phraseConfidence: 0.6, section: "groove" };
  for (const change of [{}, { time: 2, beat: 0 }, { time: 3, phraseBar: 1, section: "drop" }, { time: 4, phraseBar: 1, section: "drop" }]) live.take({ ...frame, ...change } as Parameters<typeof live.take>[0]);
  expect(live).toMatchObject({ sections: [[1, "groove"], [3, "drop"]], phrases: [3] });
  expect(live.beats.map(({ time }) => time)).toEqual([1, 3, 4]);
});
