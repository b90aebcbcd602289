import { describe, expect, it } from "vitest";
import type { PlaybackMessage } from "@vj/playback";
import { follow, isJump, isPresent, isStale, lossGraceMs, lostSince, positionNow, receive, unknownSource } from "../src/source-state.ts";
import type { SourceState } from "../src/source-state.ts";

const track = (title: string): PlaybackMessage => ({
  kind: "track",
  source: "x",
  track: { artist: "A", title, album: "", duration: 0 },
  hasLyrics: false,
});
const none: PlaybackMessage = { kind: "track", source: "x", track: undefined, hasLyrics: false };
const at = (seconds: number, playing = true): PlaybackMessage => ({ kind: "position", seconds, playing });

/** The state after messages at times in ms. */
function after(...received: [number, PlaybackMessage][]): SourceState {
  return received.reduce((state, [now, message]) => receive(state, message, now), follow(unknownSource, true, 0));
}

describe("the time since which a source plays", () => {
  it("is when it began, not when its track changed, was repeated or moved on", () => {
    const state = after([0, none], [1000, track("One")], [1010, at(0)], [1500, at(0.5)], [11_000, track("One")], [20_000, track("Two")], [20_500, at(0.5)]);
    expect(state).toMatchObject({ since: 1010, trackAt: 20_000 });
  });
  it("comes from the position when it had begun before we subscribed", () => {
    expect(after([100_000, track("One")], [100_400, at(90.4)])).toMatchObject({ since: 10_000, trackAt: 10_000 });
    expect(after([100_000, track("One")], [100_400, at(90.4)], [101_000, at(91)])).toMatchObject({ since: 10_000 });
  });
  it("is when it continues after a pause", () => {
    const state = after([0, none], [1000, track("One")], [1010, at(0)], [2000, at(1, false)], [60_000, at(1)]);
    expect(state).toMatchObject({ since: 60_000, trackAt: 1000 });
  });
});

describe("a track that must be over", () => {
  it("is one long after its end, or of unknown length after a quarter of an hour; not one that is paused", () => {
    const playing = after([0, none], [0, track("One")], [0, at(0)]);
    expect([isStale(playing, 890_000), isStale(playing, 910_000)]).toEqual([false, true]);
    const known = { ...playing, track: { artist: "A", title: "One", album: "", duration: 100 } };
    expect([isStale(known, 109_000), isStale(known, 111_000)]).toEqual([false, true]);
    expect(isStale(receive(known, at(50, false), 50_000), 999_000)).toBe(false);
  });
});

describe("the position", () => {
  it("advances by the clock while playing, and stands still when paused", () => {
    expect(positionNow(after([0, track("One")], [1000, at(10)]), 1250)).toBe(10.25);
    expect(positionNow(after([0, track("One")], [1000, at(10, false)]), 9000)).toBe(10);
  });
  it("begins at 0 with a new track", () => {
    const state = after([0, none], [500, track("One")], [1000, at(100)], [2000, track("Two")]);
    expect(positionNow(state, 2100)).toBeCloseTo(0.1);
  });
});

describe("a source whose worker is lost", () => {
  it("goes on for a moment, and goes on unbroken when it is back by then", () => {
    const playing = after([0, none], [1000, track("One")], [1010, at(0)]);
    const lost = follow(playing, false, 2000);
    expect(isPresent(lost, 2000 + lossGraceMs - 1)).toBe(true);
    expect(isPresent(lost, 2000 + lossGraceMs)).toBe(false);
    const back = receive(follow(lost, true, 3000), track("One"), 3100);
    expect(back.since).toBe(1010);
  });
  it("is forgotten when it comes back later", () => {
    const lost = follow(after([1000, track("One")], [1010, at(0)]), false, 2000);
    const back = follow(lost, true, 60_000);
    expect(isPresent(back, 60_000)).toBe(false);
    expect(receive(receive(back, track("Two"), 60_100), at(30), 60_100).trackAt).toBe(30_100);
  });
});

describe("a track of known length", () => {
  const known = { kind: "track", source: "x", track: { artist: "A", title: "One", album: "", duration: 100 }, hasLyrics: false } as const;
  const playing = after([0, none], [0, known], [0, at(0)]);

  it("is over also where its source goes on to say that it stands at its end", () => {
    const ended = [100_000, 105_000, 110_000, 111_000].reduce((state, now) => receive(state, at(100), now), playing);
    expect([isStale(ended, 109_000), isStale(ended, 111_000)]).toEqual([false, true]);
    expect(isStale(receive(ended, at(0), 111_500), 112_000)).toBe(false);
  });

  it("begins anew when it is played again; not when somebody seeks back in it", () => {
    const near = receive(playing, at(99.5), 99_500);
    expect(receive(near, at(0.5), 100_500).trackAt).toBe(100_000);
    expect(receive(receive(playing, at(50), 50_000), at(0.5), 50_500).trackAt).toBe(0);
  });
});

describe("the play of a track", () => {
  const known = { kind: "track", source: "x", track: { artist: "A", title: "One", album: "", duration: 100 }, hasLyrics: false } as const;

  it("began where its first position says, and was seen to begin when that is at its begin", () => {
    expect(after([0, none], [0, at(0, false)], [5000, known], [5500, at(0.5)])).toMatchObject({ playAt: 5000, seen: true });
    expect(after([0, none], [0, at(0, false)], [90_000, known], [90_500, at(60.5)])).toMatchObject({ playAt: 30_000, seen: false });
  });

  it("was not seen to begin when it was there before us", () => {
    expect(after([100_000, known], [100_400, at(0.4)])).toMatchObject({ playAt: 100_000, seen: false });
  });

  it("is another one once it is put back to its begin after half a minute, not sooner and not elsewhere", () => {
    const playing = after([0, none], [0, at(0, false)], [0, track("One")], [0, at(0)]);
    expect(receive(receive(playing, at(40), 40_000), at(1), 41_000)).toMatchObject({ playAt: 40_000, trackAt: 0, seen: true });
    expect(receive(receive(playing, at(20), 20_000), at(1), 21_000).playAt).toBe(0);
    expect(receive(receive(playing, at(40), 40_000), at(5), 41_000).playAt).toBe(0);
  });
});

describe("a position", () => {
  it("is a jump where it is elsewhere than expected, or it begins or ceases to move", () => {
    const playing = after([0, none], [0, track("One")], [0, at(10)]);
    const jump = (message: PlaybackMessage, now: number): boolean => isJump(playing, receive(playing, message, now));
    expect([jump(at(10.5), 500), jump(at(10.7), 500), jump(at(90), 500), jump(at(2), 500), jump(at(10.5, false), 500)]).toEqual([false, false, true, true, true]);
  });
});

describe("a source that hangs", () => {
  it("counts as lost five seconds after it fell silent, while it says that it plays", () => {
    const playing = after([0, none], [0, track("One")], [1000, at(0)]);
    expect([lostSince(playing, 5900), lostSince(playing, 6100)]).toEqual([undefined, 6000]);
    expect(lostSince(receive(playing, at(0, false), 1500), 60_000)).toBeUndefined();
    expect(lostSince(follow(playing, false, 2000), 60_000)).toBe(2000);
  });
});
