import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginTaps } from "@vj/lyrics-fetcher";
import type { TapSession } from "@vj/lyrics-fetcher";
import { tapAlong } from "../src/lyrics/tap-along.ts";
import { tapScreen } from "../src/lyrics/tap-screen.ts";

interface TapSetup {
  ended: Promise<TapSession>;
  press(keys: string): void;
  /** Complete lines after each change. */
  kept: number[];
  written: string[];
  stop: AbortController;
}

function setUp(begun = beginTaps(["Around the world", "Go"])): TapSetup {
  const input = new PassThrough();
  const written: string[] = [];
  const kept: number[] = [];
  const stop = new AbortController();
  const started = performance.now();
  const ended = tapAlong({
    session: begun,
    input,
    output: { columns: 60, write: (text) => written.push(text) },
    position: () => (performance.now() - started < 1000 ? undefined : (performance.now() - started) / 1000),
    onLine: ({ taps }) => kept.push(taps.length),
    signal: stop.signal,
  });
  return { ended, press: (keys) => void input.emit("data", Buffer.from(keys)), kept, written, stop };
}

describe("tapping along in a terminal", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("stamps each word when its key is pressed, and ends with the last", async () => {
    const { ended, press, kept, written } = setUp();
    press(" ");
    for (const key of [" ", "\r", "x", " ", "\u007f", " ", " ", " ", " "]) {
      vi.advanceTimersByTime(1000);
      press(key);
    }
    expect((await ended).taps).toEqual([6, 7, 8, 9]);
    expect(kept).toEqual([3, 0, 3, 4]);
    expect(vi.getTimerCount()).toBe(0);
    expect(written[0]).toContain("waiting for the song");
  });

  it("gives what was tapped when it is stopped, by ctrl-c or by the end of the song", async () => {
    const one = setUp();
    vi.advanceTimersByTime(2000);
    one.press(" \u0003 ");
    expect((await one.ended).taps).toEqual([2]);
    const other = setUp();
    vi.advanceTimersByTime(1500);
    other.press(" ");
    other.stop.abort();
    expect((await other.ended).taps).toEqual([1.5]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends at once when all was tapped before", async () => {
    const done = { ...beginTaps(["Go"]), taps: [1] };
    expect(await setUp(done).ended).toEqual(done);
  });
});

describe("the picture of it", () => {
  const session = { ...beginTaps(["Around the world", "恋の歌 \u001b[2J"]), taps: [1] };

  it("marks the next word, and says where it is", () => {
    expect(tapScreen(session, 61.25, 60)).toEqual(["1:01.3   line 1 of 2", "> Around [the] world", "  恋の歌 "]);
    expect(tapScreen(session, 0.5, 80)[0]).toBe("0:00.5   line 1 of 2   tapped until 0:01.0; backspace takes lines back");
    expect(tapScreen({ ...session, taps: [1, 2, 3] }, 4, 9)).toEqual(["0:04.0  ", "> [恋] ", "  "]);
  });
});
