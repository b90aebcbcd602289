import { describe, expect, it } from "vitest";
import { keywords } from "../src/keywords.ts";
import { normalizeLine, refrainLines } from "../src/refrain.ts";
import { readSong } from "../src/song.ts";

describe("the refrain", () => {
  it("is what occurs twice, whatever its case and punctuation, in any script", () => {
    const texts = ["Around the world!", "verse", "around the world", "", "", "恋の歌。", "恋の歌", "…", "…"];
    expect(refrainLines(texts)).toEqual([true, false, true, false, false, true, true, false, false]);
  });
  it("keeps letters outside ASCII apart", () => {
    expect(normalizeLine("Où es-tu?")).toBe("où estu");
    expect(refrainLines(["été", "t"])).toEqual([false, false]);
  });
});

describe("the keywords of a line", () => {
  it.each([
    ["I don't know the naïve girl", ["DON'T", "KNOW", "NAÏVE"]],
    ["You and I, we’re on the run", ["RUN"]],
    ["Love, love me do", ["LOVE"]],
    ["恋の歌", ["恋", "歌"]],
    ["Москва слезам не верит", ["МОСКВА", "СЛЕЗАМ", "ВЕРИТ"]],
    ["Wir fahr'n fahr'n fahr'n auf der Autobahn", ["FAHR'N", "AUTOBAHN"]],
    ["사랑 해요", ["사랑", "해요"]],
    ["24 7 365", []],
    ["oh na na", []],
    ["", []],
  ])("%j", (text, expected) => {
    expect(keywords(text)).toEqual(expected);
  });
});

describe("a song", () => {
  it("marks refrain and keywords with the line that they belong to", () => {
    const song = readSong("[00:01.00]Around the world\n[00:02.00]Verse\n[00:03.00]\n[00:04.00]Around the world");
    expect(song.lines).toHaveLength(4);
    expect(song.refrain).toEqual([
      { time: 1, text: "Around the world", line: 0 },
      { time: 4, text: "Around the world", line: 3 },
    ]);
    expect(song.keywords.map(({ line, text }) => [line, text])).toEqual([
      [0, "AROUND WORLD"],
      [1, "VERSE"],
      [3, "AROUND WORLD"],
    ]);
  });
});
