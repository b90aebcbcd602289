import { describe, expect, it } from "vitest";
import { clockTurn, remember, rememberOf } from "../src/text/remember.ts";

describe("what is drawn", () => {
  it("is drawn anew only when something of its key is another", () => {
    let drawn = 0;
    const last = remember<number>();
    const draw = (...key: unknown[]): number => last(key, () => (drawn += 1));
    const rig = {};
    expect([draw(rig, 1), draw(rig, 1), draw(rig, 2), draw({}, 2), draw({}, 2), draw(rig), draw(rig)]).toEqual([1, 1, 2, 3, 4, 5, 5]);
  });

  it("is drawn anew twice a second for its ages", () => {
    expect(clockTurn(1_000_000)).toBe(clockTurn(1_000_499));
    expect(clockTurn(1_000_500)).toBe(clockTurn(1_000_000) + 1);
  });

  it("is kept for each object apart, also where it is nothing", () => {
    let computed = 0;
    const of = rememberOf((_given: object) => void (computed += 1));
    const [one, other] = [{}, {}];
    for (const given of [one, other, one, other]) of(given);
    expect(computed).toBe(2);
  });
});
