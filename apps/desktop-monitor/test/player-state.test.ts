import { describe, expect, it } from "vitest";
import type { PlayerFacts } from "../src/mpris.ts";
import { isPlaying, look, seek, trackOf } from "../src/player-state.ts";
import type { PlayerState } from "../src/player-state.ts";

const facts = (changes: Partial<PlayerFacts> = {}): PlayerFacts => ({
  status: "playing", track: { artist: "A", title: "T", album: "", duration: 200 }, fileOnly: false, id: "1", rate: 1, seconds: 0, ...changes,
});
const after = (...looks: [number, Partial<PlayerFacts>][]): PlayerState | undefined =>
  looks.reduce<PlayerState | undefined>((state, [now, changes]) => look(state, facts(changes), now), undefined);

describe("the length of a track", () => {
  const grow = (...lengths: number[]): number | undefined => {
    const state = after(...lengths.map((duration, index): [number, Partial<PlayerFacts>] => [index * 1000, { seconds: index, track: { artist: "A", title: "T", album: "", duration } }]));
    return state === undefined ? undefined : trackOf(state)?.duration;
  };

  it("may be corrected, and is unknown where it goes on growing: what has come of a stream so far", () => {
    expect([grow(200), grow(0, 200, 201, 202), grow(4, 5, 6, 7), grow(4, 5, 6, 7, 7, 8)]).toEqual([200, 202, 0, 0]);
  });
});

describe("the position of a player", () => {
  it("is what it says while that moves", () => {
    expect(after([0, { seconds: 5 }], [1000, { seconds: 6 }], [2000, { seconds: 90 }])).toMatchObject({ seconds: 90, at: 2000, frozen: false });
  });

  it.each([[0], [undefined]])("comes from the clock where it says %s for ever, over a pause too", (seconds) => {
    const playing = after([0, { seconds }], [1000, { seconds }], [2000, { seconds }]);
    expect(playing).toMatchObject({ seconds: 2, frozen: true });
    const paused = after([0, { seconds }], [1000, { seconds }], [2000, { seconds, status: "paused" }], [9000, { seconds, status: "paused" }], [10_000, { seconds }], [11_000, { seconds }]);
    expect(paused?.seconds).toBeCloseTo(3, 6);
    expect(after([0, { seconds }], [5000, { seconds, id: "2" }])).toMatchObject({ seconds: 0 });
  });

  it("is not taken for frozen when two looks come close together", () => {
    expect(after([0, { seconds: 5 }], [100, { seconds: 5 }])).toMatchObject({ seconds: 5, frozen: false });
  });

  it("jumps where it says so, also in a player that says no position", () => {
    const frozen = after([0, {}], [1000, {}]);
    if (frozen === undefined) throw new Error("no state");
    expect(look(seek(frozen, 60, 1500), facts(), 2500)).toMatchObject({ seconds: 61, frozen: true });
  });

  it("jumps where it says so, also before anybody noticed that the position of the player never moves", () => {
    const first = after([0, { seconds: 0 }]);
    if (first === undefined) throw new Error("no state");
    const sought = look(seek(first, 60, 50), facts({ seconds: 0 }), 100);
    expect(sought.seconds).toBeCloseTo(60.05, 6);
    expect(look(seek(first, 60, 50), facts({ seconds: 60.04 }), 100)).toMatchObject({ seconds: 60.04, frozen: false });
  });

  it("knows since when it plays", () => {
    expect(after([0, {}], [1000, { seconds: 1 }], [2000, { id: "2" }])?.since).toBe(0);
    expect(after([0, {}], [1000, { seconds: 1, status: "paused" }])?.since).toBe(1000);
  });

  it("stands still at a rate of 0, and is then not one of a player that plays", () => {
    const still = after([0, { seconds: 5, rate: 0 }], [1000, { seconds: 5, rate: 0 }], [2000, { seconds: 5, rate: 0 }]);
    expect(still).toMatchObject({ seconds: 5 });
    expect(still === undefined || isPlaying(still.facts)).toBe(false);
  });
});
