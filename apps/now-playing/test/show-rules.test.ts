import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { matches, whySkipped } from "../src/show-rules.ts";

const track = (title: string, duration = 0): { artist: string; title: string; album: string; duration: number } => ({ artist: "A", title, album: "", duration });

describe("patterns", () => {
  it.each([
    ["Station - Jingle 3", "jingle", true],
    ["Station - Jingle 3", "*jingle*", true],
    ["Station - Jingle 3", "jingle*", false],
    ["Station - Jingle 3", "station*3", true],
    ["Station - Jingle 3", "station*4", false],
    ["aba", "ab*ba", false],
    ["abba", "ab*ba", true],
    ["x", "*", true],
    ["x", "**", true],
    ["a.b", "a?b", false],
  ])("%j fits %j: %s", (text, pattern, fits) => {
    expect(matches(text, pattern)).toBe(fits);
  });

  it("take time in proportion to the length", async () => {
    const used = await processorTime(() => expect(matches("a".repeat(1000), `${"*a".repeat(99)}*b`)).toBe(false));
    expect(used).toBeLessThan(1000);
  });
});

describe("a track that is not shown", () => {
  it("is short, or matches a pattern; a track of unknown length is shown", () => {
    const rules = { minLengthSec: 30, skip: ["*ident*"] };
    expect(whySkipped(track("Song", 29), rules)).toBe("shorter than 30 s");
    expect(whySkipped(track("Song", 30), rules)).toBeUndefined();
    expect(whySkipped(track("Song"), rules)).toBeUndefined();
    expect(whySkipped(track("Station Ident"), rules)).toContain("*ident*");
  });
});
