import { limits } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { lastThatFit } from "../src/reply-size.ts";

const same = <T>(item: T): T => item;

describe("lastThatFit", () => {
  it("keeps everything that fits", () => {
    expect(lastThatFit([], same)).toEqual([]);
    expect(lastThatFit([1, "two", { three: 3 }], same)).toEqual([1, "two", { three: 3 }]);
  });

  it("drops the oldest first, and counts bytes, not characters", () => {
    const items = Array.from({ length: 1000 }, (_, n) => ({ n, text: "ü".repeat(1000) }));
    const kept = lastThatFit(items, same);
    expect(kept.at(-1)?.n).toBe(999);
    expect(kept[0]?.n).toBe(1000 - kept.length);
    const bytes = Buffer.byteLength(JSON.stringify(kept));
    expect(bytes).toBeLessThan(limits.frameBytes - 60_000);
    expect(bytes).toBeGreaterThan(limits.frameBytes - 70_000);
  });

  it("makes nothing of the items that do not fit", () => {
    let made = 0;
    const shown = lastThatFit(Array.from({ length: 1000 }, (_, index) => index), (index) => {
      made += 1;
      return `${index} ${"x".repeat(300_000)}`;
    });
    expect(shown.map((text) => text.split(" ")[0])).toEqual(["997", "998", "999"]);
    expect(made).toBe(4);
  });
});
