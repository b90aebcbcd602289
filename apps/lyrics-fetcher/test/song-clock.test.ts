import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { activeLine, nextLine } from "../src/follow/line-sync.ts";
import { SongClock } from "../src/follow/song-clock.ts";
import type { LyricLine } from "../src/lyric-line.ts";
import type { BeatGrid } from "../src/words/beat-grid.ts";

const lines = [1, 2, 2, 5].map((time) => ({ time, text: `at ${time}` }));

describe("the line being sung", () => {
  it.each([
    [0, -1],
    [0.999, -1],
    [1, 0],
    [2, 1],
    [4.9, 1],
    [5, 3],
    [999, 3],
  ])("at %d s is %d", (position, expected) => expect(activeLine(lines, position)).toBe(expected));

  it("is the original, not the translation of the same time below it", () => {
    const bilingual = [1, 1, 1, 2, 2].map((time, index) => ({ time, text: `${index}` }));
    expect([1, 1.5, 2, 9].map((position) => activeLine(bilingual, position))).toEqual([0, 0, 3, 3]);
    expect(nextLine(bilingual, 1)).toBe(2);
  });

  it("is none without lines, and the last has none after it", () => {
    expect(activeLine([], 10)).toBe(-1);
    expect([nextLine([], 10), nextLine(lines, 0.25), nextLine(lines, 2), nextLine(lines, 5)]).toEqual([undefined, 1, 5, undefined]);
  });
});

interface ClockSetup {
  clock: SongClock;
  /** Lines as `line`, words as `line.word`. */
  received: string[];
  /** When each came, ms. */
  times: Map<string, number>;
}

function setUp(song: readonly LyricLine[] = lines, grid?: BeatGrid): ClockSetup {
  const received: string[] = [];
  const times = new Map<string, number>();
  const add = (what: string): void => {
    received.push(what);
    times.set(what, performance.now());
  };
  const clock = new SongClock({ onLine: (line) => add(`${line}`), onWord: (word) => add(`${clock.line}.${word}`), beats: () => grid });
  clock.setLines(song);
  return { clock, received, times };
}

const linesOf = (received: readonly string[]): string[] => received.filter((what) => !what.includes("."));

describe("the clock between reports", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("begins each line in time, without further reports", () => {
    const { clock, received } = setUp();
    clock.setPosition(0, true);
    vi.advanceTimersByTime(999);
    expect(received).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(linesOf(received)).toEqual(["0"]);
    vi.advanceTimersByTime(10_000);
    expect(linesOf(received)).toEqual(["0", "1", "3"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("stands still while paused, and follows a jump", () => {
    const { clock, received } = setUp();
    clock.setPosition(1.5, true);
    clock.setPosition(1.5, false);
    vi.advanceTimersByTime(10_000);
    clock.setPosition(5.5, false);
    clock.setPosition(0, true);
    expect(linesOf(received)).toEqual(["0", "3", "-1"]);
    clock.stop();
  });

  it("does not go back for a report that is a little late, and makes the difference good", () => {
    const { clock, received, times } = setUp();
    clock.setPosition(0.5, true);
    vi.advanceTimersByTime(510);
    clock.setPosition(0.95, true);
    expect(linesOf(received)).toEqual(["0"]);
    const reportedAt = performance.now();
    vi.advanceTimersByTime(2000);
    // 1.05 s after 0.95; what had been shown too early has faded by then.
    expect((times.get("1") ?? 0) - reportedAt).toBeCloseTo(1050, -1);
  });

  it("keeps lines within 50 ms of a position whose reports come early and late by 40 ms", () => {
    const song = Array.from({ length: 40 }, (_, index) => ({ time: 1 + index * 0.7, text: "la la" }));
    const { clock, times } = setUp(song);
    const start = performance.now();
    for (let tick = 0; tick < 60; tick += 1) {
      clock.setPosition(tick * 0.5 + (tick % 3) * 0.04 - 0.04, true);
      vi.advanceTimersByTime(500);
    }
    clock.stop();
    const errors = song.map(({ time }, index) => Math.abs((times.get(`${index}`) ?? Infinity) - start - time * 1000));
    expect(Math.max(...errors)).toBeLessThan(50);
  });

  it("moves by the offset once", () => {
    const { clock, received } = setUp();
    clock.setPosition(0.7, false);
    clock.setOffset(200);
    expect(received).toEqual([]);
    clock.setOffset(400);
    clock.setOffset(0);
    expect(linesOf(received)).toEqual(["0", "-1"]);
  });

  it("shows no line of another track before that one's position is known", () => {
    const { clock, received } = setUp();
    clock.setPosition(5, true);
    clock.forgetPosition();
    clock.setLines(lines);
    vi.advanceTimersByTime(10_000);
    expect(linesOf(received)).toEqual(["3", "-1"]);
    clock.setPosition(2, true);
    clock.stop();
    vi.advanceTimersByTime(10_000);
    expect(linesOf(received)).toEqual(["3", "-1", "1"]);
  });

  it("begins each word at its stamp, and none after the last is over", () => {
    const words = [1, 1.25, 1.5, 1.9].map((time) => ({ time, text: `${time}`, ...(time === 1.9 ? { end: 2.4 } : {}) }));
    const { clock, times, received } = setUp([{ time: 1, text: "1 1.25 1.5 1.9", words }, { time: 4, text: "" }]);
    const start = performance.now();
    clock.setPosition(0, true);
    vi.advanceTimersByTime(2300);
    expect(clock.word).toBe(3);
    vi.advanceTimersByTime(3000);
    for (const [index, { time }] of words.entries()) expect((times.get(`0.${index}`) ?? 0) - start).toBeCloseTo(time * 1000, 0);
    expect((times.get("0.-1") ?? 0) - start).toBeCloseTo(2400, 0);
    expect(received).toEqual(["0", "0.0", "0.1", "0.2", "0.3", "0.-1", "1"]);
  });

  it("keeps words within 80 ms of their stamps while the reports of the position come early and late by 40 ms", () => {
    const song = Array.from({ length: 10 }, (_, line) => {
      const words = Array.from({ length: 5 }, (__, word) => ({ time: 1 + line * 2.1 + word * 0.31, text: "la" }));
      return { time: words[0]?.time ?? 0, text: "la la la la la", words };
    });
    const { clock, times } = setUp(song);
    const start = performance.now();
    for (let tick = 0; tick < 50; tick += 1) {
      clock.setPosition(tick * 0.5 + (tick % 3) * 0.04 - 0.04, true);
      vi.advanceTimersByTime(500);
    }
    clock.stop();
    const errors = song.flatMap(({ words }, line) => words.map(({ time }, word) => Math.abs((times.get(`${line}.${word}`) ?? Infinity) - start - time * 1000)));
    expect(errors).toHaveLength(50);
    expect(Math.max(...errors)).toBeLessThan(80);
  });

  it("jumps to the right word, also within its line", () => {
    const { clock, received } = setUp([{ time: 1, text: "a b c", words: [1, 2, 3].map((time) => ({ time, text: "x" })) }]);
    clock.setPosition(2.5, false);
    clock.setPosition(1.5, false);
    clock.setOffset(2000);
    expect(received).toEqual(["0", "0.1", "0.0", "0.2"]);
  });

  it("moves words without stamps to the received beat", () => {
    // Beats at 0.1, 0.6, 1.1 … s of the song.
    const song = [{ time: 2, text: "one two three four" }, { time: 4, text: "" }];
    const at = performance.now();
    const { clock, times } = setUp(song, { period: 500, beat: at + 100 });
    clock.setPosition(0, true);
    vi.advanceTimersByTime(4500);
    expect((times.get("0.0") ?? 0) - at).toBeCloseTo(2000, 0);
    for (const word of [1, 2, 3]) expect(((times.get(`0.${word}`) ?? 0) - at - 100) % 125).toBeCloseTo(0, 0);
  });
});
