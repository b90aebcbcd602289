import { processorTime } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { BeatTracker, snapToBeats } from "../src/words/beat-grid.ts";
import { lineWords } from "../src/words/line-words.ts";
import { splitWords } from "../src/words/split-words.ts";
import { countSyllables } from "../src/words/syllables.ts";

describe("the words of a text", () => {
  it.each([
    ["Hello, world!", ["Hello,", "world!"]],
    ["wait - what", ["wait -".replace(" ", ""), "what"]],
    ["“Ah” …", ["“Ah”…"]],
    ["恋の歌。", ["恋", "の", "歌。"]],
    ["I love 東京!", ["I", "love", "東京!"]],
    ["사랑 해요", ["사랑", "해요"]],
    ["…", []],
    ["  ", []],
  ])("%j", (text, expected) => expect(splitWords(text)).toEqual(expected));

  it("take time in proportion to the length of the text", { timeout: 60_000 }, async () => {
    const usedMs = await processorTime(() => expect(splitWords("作".repeat(200_000)).join("")).toHaveLength(200_000));
    expect(usedMs).toBeLessThan(10_000);
  });
});

describe("the syllables of a word", () => {
  it.each([
    ["love", 1],
    ["around", 2],
    ["lanterns", 2],
    ["wanted", 2],
    ["little", 2],
    ["東京", 2],
    ["きょう", 2],
    ["사랑", 2],
    ["Москва", 2],
    ["hmm", 2],
    ["!", 1],
    ["", 1],
  ])("%s: %d", (word, expected) => expect(countSyllables(word)).toBe(expected));
});

describe("the words of a line", () => {
  const song = [{ time: 10, text: "Lanterns over water" }, { time: 14, text: "" }, { time: 20, text: "Go" }];

  it("without stamps are spread by syllables, not over a long pause, and marked", () => {
    const { words, estimated } = lineWords(song, 0, undefined);
    expect(estimated).toBe(true);
    expect(words).toEqual([
      { time: 10, text: "Lanterns" },
      { time: 10.7, text: "over" },
      { time: 11.4, text: "water" },
    ]);
  });

  it("fill a line that is followed soon", () => {
    const words = lineWords([{ time: 1, text: "a b c d" }, { time: 1.8, text: "x" }], 0, undefined).words;
    expect(words.map(({ time }) => time)).toEqual([1, 1.2, 1.4, 1.6]);
  });

  it("with stamps are as they stand", () => {
    const line = { time: 1, text: "Karaoke", words: [{ time: 1, text: "Ka" }, { time: 1, text: "ra " }, { time: 1.5, text: "oke", end: 2 }] };
    expect(lineWords([line], 0, { period: 0.3, beat: 0 })).toEqual({
      words: [{ time: 1, text: "Ka" }, { time: 1.001, text: "ra" }, { time: 1.5, text: "oke", end: 2 }],
      estimated: false,
    });
  });

  it("are none in a gap, and where there is no line", () => {
    expect([lineWords(song, 1, undefined).words, lineWords(song, -1, undefined).words]).toEqual([[], []]);
  });

  it("ascend within their line, whatever the text and the beat", () => {
    const grids = fc.option(fc.record({ period: fc.double({ min: 0.25, max: 1.5, noNaN: true }), beat: fc.double({ min: -5, max: 5, noNaN: true }) }), { nil: undefined });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.double({ min: 0.05, max: 20, noNaN: true }), grids, (text, gap, grid) => {
        const { words } = lineWords([{ time: 3, text }, { time: 3 + gap, text: "" }], 0, grid);
        for (const [index, { time }] of words.entries()) {
          expect(time).toBeGreaterThan(words[index - 1]?.time ?? 2.999);
          expect(time).toBeLessThan(3 + gap + words.length * 0.002 + (grid?.period ?? 0) / 4);
        }
      }),
    );
  });
});

describe("the beat", () => {
  it("is known after four even beats, while they come", () => {
    const tracker = new BeatTracker();
    for (const beat of [0, 500, 1010]) tracker.add(beat);
    expect(tracker.grid(1100)).toBeUndefined();
    tracker.add(1500);
    expect(tracker.grid(1600)).toEqual({ period: 500, beat: 1500 });
    expect(tracker.grid(2600)).toBeUndefined();
    // After a pause it begins anew.
    tracker.add(9000);
    expect(tracker.grid(9001)).toBeUndefined();
  });

  it("is none where beats lie unevenly", () => {
    const tracker = new BeatTracker();
    for (const beat of [0, 300, 1000, 1400, 2400]) tracker.add(beat);
    expect(tracker.grid(2400)).toBeUndefined();
  });

  it("takes words to its eighths, fast ones to its sixteenths, and never two to one place", () => {
    expect(snapToBeats([1, 1.45, 2.05], { period: 1, beat: 0 })).toEqual([1, 1.5, 2]);
    expect(snapToBeats([1, 1.2, 1.55], { period: 1, beat: 0 })).toEqual([1, 1.25, 1.5]);
    expect(snapToBeats([1, 1.02, 1.04, 3], { period: 1, beat: 0 })).toEqual([1, 1.02, 1.04, 3]);
  });
});
