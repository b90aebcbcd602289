import { fc } from "@vj/test-kit/properties";
import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { readLyricsfile } from "../src/lyricsfile.ts";
import { parseLyrics, timingOf } from "../src/parse-lyrics.ts";

const file = (lines: string, rest = ""): string => `version: '1.0'\nmetadata:\n  title: 'Song'\n  artist: Artist\n${rest}lines:\n${lines}`;
const line = (text: string, start: number, rest = ""): string => `  - text: ${JSON.stringify(text)}\n    start_ms: ${start}\n${rest}`;
const word = (text: string, start: number, end?: number): string => `      - text: ${JSON.stringify(text)}\n        start_ms: ${start}\n${end === undefined ? "" : `        end_ms: ${end}\n`}`;
const read = async (text: string): Promise<unknown> => parseLyrics((await readLyricsfile(text))?.synced ?? "");

describe("a lyricsfile of LRCLIB", () => {
  it("gives lines and words their times, to the millisecond; a word that ends early has an end", async () => {
    const text = file(line("the club isn't", 12_451, `    end_ms: 18200\n    words:\n${word("The ", 12_451, 12_900)}${word("club ", 12_900)}${word("isn't", 13_500, 14_001)}`) + line("later", 18_500));
    expect(await read(text)).toEqual([
      { time: 12.451, text: "The club isn't", words: [{ time: 12.451, text: "The" }, { time: 12.9, text: "club" }, { time: 13.5, text: "isn't", end: 14.001 }] },
      { time: 18.5, text: "later" },
    ]);
    expect(timingOf(parseLyrics((await readLyricsfile(text))?.synced ?? ""))).toBe("words");
  });

  it("has a line without text in a long pause, lines in order, and words of scripts without blanks", async () => {
    expect(await read(file(line("two", 20_000, "    end_ms: 21000\n") + line("one", 1000, "    end_ms: 5000\n")))).toEqual([{ time: 1, text: "one" }, { time: 5, text: "" }, { time: 20, text: "two" }, { time: 21, text: "" }]);
    expect(await read(file(line("恋の歌", 1000, `    words:\n${word("恋", 1000)}${word("の", 1200)}${word("歌", 1500)}`)))).toMatchObject([{ text: "恋の歌", words: [{ text: "恋" }, { text: "の" }, { text: "歌" }] }]);
  });

  it("may be an instrumental, or text alone", async () => {
    expect(await readLyricsfile("version: '1.0'\nmetadata: {title: a, artist: b, instrumental: true}\nlines: []\nplain: ''\n")).toEqual({ synced: null, plain: null, instrumental: true });
    expect(await readLyricsfile("version: '1.0'\nmetadata: {title: a, artist: b}\nlines: []\nplain: |\n  [Verse 1]\n  la la\n")).toEqual({ synced: null, plain: "[Verse 1]\nla la\n", instrumental: false });
  });

  it("gives what can be read of one with faults", async () => {
    expect(await read(file("  - 3\n  - text: x\n  - {text: y, start_ms: -4}\n  - {text: ok, start_ms: 1500, end_ms: soon, words: no}\n"))).toEqual([{ time: 1.5, text: "ok" }]);
  });

  it("cannot add stamps, lines or tags by its texts", async () => {
    expect(await read(file(line("a\n[00:01.00]b <00:02.00>c [offset:900] \u001b[2Jd", 9000)))).toEqual([{ time: 9, text: "a (00:01.00]b (00:02.00>c (offset:900] d" }]);
  });

  it.each([
    ["nothing", ""],
    ["prose", "Hello there"],
    ["a list", "- 1"],
    ["several documents", "a: 1\n---\nb: 2"],
    ["aliases", "a: &a [x]\nlines: [*a]"],
    ["half a text", file('  - text: "x')],
    ["no lyrics", "version: '1.0'\nmetadata: {title: a}\nlines: []"],
    ["depth", `lines: ${"[".repeat(100_000)}`],
    ["tags", "!a ".repeat(90_000)],
    ["too much", `plain: ${"x".repeat(400_000)}`],
  ])("is not %s", async (_, text) => {
    expect(await readLyricsfile(text)).toBeUndefined();
  });

  it("never throws, and never takes long", async () => {
    const bombs = ["? ".repeat(140_000), `{${Array.from({ length: 30_000 }, (__, index) => `k${index}: 1,`).join("")}}`, `plain: >\n${"  x\n\n".repeat(60_000)}`, file(line("x", 1).repeat(9000))];
    const used = await processorTime(async () => {
      for (const text of bombs) await readLyricsfile(text);
    });
    expect(used).toBeLessThan(10_000);
    const piece = fc.constantFrom("lines:", "\n", "  ", "- ", "text: ", "start_ms: 1", "words:", "'", '"', "|", ">", "&a", "*a", "{", "[", "]", "}", "!!js", "\0", "x", "plain:", "\t");
    await fc.assert(fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => void (await readLyricsfile(pieces.join("")))), { numRuns: 300 });
  });
});
