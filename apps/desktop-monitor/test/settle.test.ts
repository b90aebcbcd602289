import { describe, expect, it } from "vitest";
import type { PlayerFacts } from "../src/mpris.ts";
import { nothingShown, settle, settleMs } from "../src/settle.ts";
import type { Showing } from "../src/settle.ts";

const facts = (title: string, changes: Partial<PlayerFacts> = {}): PlayerFacts => ({
  status: "playing", track: { artist: "", title, album: "", duration: 200 }, fileOnly: false, id: "1", rate: 1, seconds: 0, ...changes,
});
const file = (title: string, changes: Partial<PlayerFacts> = {}): PlayerFacts => facts(title, { fileOnly: true, ...changes });
const after = (...looks: [number, PlayerFacts][]): Showing => looks.reduce((showing, [now, one]) => settle(showing, one, now), nothingShown);
const title = ({ shown }: Showing): string | undefined => shown?.facts.track?.title;

describe("a new track of which only the file is known", () => {
  it("waits for its tags, and the track before goes on until then", () => {
    expect(title(after([0, facts("Before")], [1000, file("Glue")]))).toBe("Before");
    expect(title(after([0, facts("Before")], [1000, file("s-Glue")], [1076, facts("Glue")]))).toBe("Glue");
  });

  it("counts under the name of its file where no tags come", () => {
    const looks: [number, PlayerFacts][] = [[0, facts("Before")], [1000, file("Glue")]];
    expect(title(after(...looks, [1000 + settleMs - 1, file("Glue", { seconds: 0.4 })]))).toBe("Before");
    const settled = after(...looks, [1000 + settleMs, file("Glue", { seconds: 0.4 })]);
    expect(settled).toMatchObject({ shown: { seconds: 0.4, facts: { track: { title: "Glue" } } }, next: undefined });
    expect(title(settle(settled, file("Glue"), 1500))).toBe("Glue");
  });

  it("is the first one of a player: none is shown until it has settled", () => {
    expect(title(after([0, file("Glue")]))).toBeUndefined();
    expect(title(after([0, file("Glue")], [settleMs, file("Glue")]))).toBe("Glue");
  });

  it("waits anew for each file that is skipped", () => {
    const skipping = after([0, facts("Before")], [1000, file("One")], [1300, file("Two")], [1600, file("Three")]);
    expect(title(skipping)).toBe("Before");
    expect(title(settle(skipping, file("Three"), 1600 + settleMs))).toBe("Three");
  });

  it("has gone on since it began, also where the player says no position", () => {
    const settled = after([0, facts("Before", { seconds: 180 })], [1000, file("x", { seconds: undefined })], [1200, facts("Glue", { seconds: undefined })]);
    expect(settled.shown?.seconds).toBeCloseTo(0.2, 6);
    expect(after([0, facts("Before", { seconds: 180 })], [1000, file("x", { seconds: 42 })], [1200, facts("Glue", { seconds: 42.2 })]).shown?.seconds).toBe(42.2);
  });

  it("gives way to the end of the player", () => {
    expect(after([0, facts("Before")], [1000, file("x")], [1100, file("x", { status: "stopped" })]).shown?.facts.status).toBe("stopped");
  });
});
