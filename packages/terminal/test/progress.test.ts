import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgress } from "../src/index.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function written(isTTY: boolean, columns = 60): { stream: { isTTY: boolean; columns: number; write: (text: string | Uint8Array) => boolean }; texts: string[] } {
  const texts: string[] = [];
  return { stream: { isTTY, columns, write: (text) => texts.push(String(text)) > 0 }, texts };
}

const erase = "\r\u001b[K";

describe("progress on a terminal", () => {
  it("is one line within the width, and leaves nothing behind", () => {
    const { stream, texts } = written(true, 40);
    const progress = createProgress({ stream, ascii: true });
    progress.show(0.25, "恋の歌\u001b[2J".repeat(20));
    progress.end();
    expect(texts).toEqual([`${erase}${"#".repeat(5)}${".".repeat(15)} 25 % 恋の歌恋の歌`, erase]);
  });

  it("is drawn ten times a second at most, and at last as it was shown last", () => {
    const { stream, texts } = written(true);
    const progress = createProgress({ stream });
    for (let i = 0; i < 50; i += 1) progress.show(i / 50, `song ${i}`);
    expect(texts).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(texts).toHaveLength(2);
    expect(texts[1]).toContain("98 % song 49");
    progress.end();
    vi.advanceTimersByTime(1000);
    expect(texts).toHaveLength(3);
  });

  it("estimates the time that is left", () => {
    const { stream, texts } = written(true);
    const progress = createProgress({ stream });
    vi.advanceTimersByTime(10_000);
    progress.show(0.25, "x");
    vi.advanceTimersByTime(290_000);
    progress.show(0.5, "x");
    expect(texts.map((text) => /%(.*) x$/.exec(text)?.[1])).toEqual([", 30 s left:", ", 5 min left:"]);
  });

  it("makes room for other lines, and comes back below them", () => {
    const { stream, texts } = written(true);
    const progress = createProgress({ stream });
    progress.above(() => stream.write("first\n"));
    progress.show(0.5, "x");
    progress.above(() => stream.write("second\n"));
    expect(texts.map((text) => text.replace(erase, "erased"))).toEqual(["first\n", "erased██████████·········· 50 % x", "erased", "second\n", "erased██████████·········· 50 % x"]);
  });
});

describe("progress elsewhere", () => {
  it("is a plain line at most every tenth and every two seconds", () => {
    const { stream, texts } = written(false);
    const progress = createProgress({ stream });
    for (let i = 0; i <= 100; i += 1) {
      progress.show(i / 100, "set.flac");
      vi.advanceTimersByTime(50);
    }
    progress.end();
    expect(texts).toEqual(["40 % set.flac\n", "80 % set.flac\n"]);
  });

  it("is silent on request, and for values that are not numbers", () => {
    const { stream, texts } = written(false);
    const progress = createProgress({ stream, lines: false });
    vi.advanceTimersByTime(5000);
    progress.show(0.5, "x");
    const lines = createProgress({ stream });
    vi.advanceTimersByTime(5000);
    lines.show(Number.NaN, "x");
    expect(texts).toEqual([]);
  });
});
