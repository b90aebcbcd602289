import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LyricsOutput } from "../src/lyrics-output.ts";
import { newSong } from "../src/song.ts";

describe("the lines of a long song", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const lines = Array.from({ length: 2000 }, (_, index) => ({ time: index, text: `line ${index}` }));

  it("come all, in order, never more at once than a receiver takes; which is active comes after them", () => {
    const sent: string[] = [];
    const output = new LyricsOutput((address) => sent.push(address));
    output.publishSong({ ...newSong({ artist: "A", title: "T" }), lines });
    output.publishLine(3, { words: [], estimated: true });
    expect(sent.length).toBeLessThan(200);
    let most = 0;
    for (let ms = 0; ms < 2000; ms += 10) {
      const before = sent.length;
      vi.advanceTimersByTime(10);
      most = Math.max(most, sent.length - before);
    }
    expect(most).toBeLessThanOrEqual(50);
    expect(sent.filter((address) => address === "/karaoke/lyrics/line")).toHaveLength(2000);
    expect(sent.lastIndexOf("/karaoke/line/active")).toBeGreaterThan(sent.lastIndexOf("/karaoke/lyrics/line"));
    output.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are dropped when another song begins, whose reset comes first", () => {
    const sent: string[] = [];
    const output = new LyricsOutput((address) => sent.push(address));
    output.publishSong({ ...newSong({ artist: "A", title: "T" }), lines });
    const before = sent.length;
    output.publishSong({ ...newSong({ artist: "A", title: "U" }), lines: lines.slice(0, 2) });
    vi.advanceTimersByTime(1000);
    expect(sent.slice(before).filter((address) => address.startsWith("/karaoke/lyrics"))).toEqual(["/karaoke/lyrics/reset", "/karaoke/lyrics/line", "/karaoke/lyrics/line"]);
    output.stop();
  });
});
