import { processorTime } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { parseLyrics } from "../src/parse-lyrics.ts";

const lines = (...expected: [number, string][]): unknown => expected.map(([time, text]) => ({ time, text }));
const words = (...expected: [number, string][]): unknown => [expect.objectContaining({ words: expected.map(([time, text]) => expect.objectContaining({ time, text })) })];

describe("subtitles", () => {
  it.each([
    ["SubRip", "1\n00:00:01,000 --> 00:00:03,500\nHello world\n\n2\n00:01:04,5 --> 00:01:06,000 X1:40 Y1:20\nSecond line\nwrapped\n", lines([1, "Hello world"], [3.5, ""], [64.5, "Second line wrapped"], [66, ""])],
    ["SubRip with a byte order mark, CRLF and every line doubled", "\uFEFF1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\n<i>Hello</i> {\\an8}\r\r\n\r\r\n2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nAgain\r\r\n", lines([1, "Hello"], [3, "Again"], [4, ""])],
    ["SubRip without empty lines", "1\n00:00:01,000 --> 00:00:02,000\nHello\n2\n00:00:03,000 --> 00:00:04,000\n99\n3\n00:00:04,000 --> 00:00:05,000\nBye", lines([1, "Hello"], [3, "99"], [4, "Bye"], [5, ""])],
    ["WebVTT", "WEBVTT - a song\n\nNOTE 00:01 is early\n\nSTYLE\n::cue { color: red }\n\nverse\n00:01.000 --> 00:03.000 line:0 align:start\n<v.loud Esme O'Neill>You &amp; me</v>\n\n01:00:03.000 --> 01:00:04.000\n<c.yellow>Later</c>\n", lines([1, "You & me"], [3, ""], [3603, "Later"], [3604, ""])],
    ["SBV", "0:00:01.000,0:00:03.000\nHello\n\n0:00:03.500,0:00:05.000\nWorld", lines([1, "Hello"], [3.5, "World"], [5, ""])],
    ["cues in no order, and stamps in their text", "00:05.000 --> 00:06.000\n[00:01.00]two [offset:900]\n\n00:01.000 --> 00:05.000\none", lines([1, "one"], [5, "(00:01.00]two (offset:900]"], [6, ""])],
    ["SubStation Alpha", "\uFEFF[Script Info]\r\nTitle: a\r\n\r\n[V4+ Styles]\r\nFormat: Name, Fontname\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\nComment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not sung\r\nDialogue: 0,0:00:01.00,0:00:03.50,Default,,0,0,0,,Hello, my {\\i1}friend{\\i0}\\Nof [mine]\r\nDialogue: 1,0:00:01.00,0:00:03.50,Default,,0,0,0,,Hello, my friend\\Nof [mine]\r\nDialogue: 0,0:00:05.00,0:00:07.00,Default,,0,0,0,,{\\p1}m 0 0 l 9 9{\\p0}\r\n", lines([1, "Hello, my friend of [mine]"], [3.5, ""])],
    ["SubStation Alpha 4 with columns of its own", "[Events]\nFormat: Start, End, Text\nDialogue: 0:00:01.50,0:00:03.00,A, b\nDialogue: 1:00:02.50,1:00:03.00,c", lines([1.5, "A, b"], [3, ""], [3602.5, "c"], [3603, ""])],
  ])("of %s are lyrics", (_, text, expected) => {
    expect(parseLyrics(text)).toEqual(expected);
  });

  it("have words where a cue has times in it", () => {
    const karaoke = "[Events]\nDialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\k20}Lan{\\kf30}terns {\\1c&H00FF&\\K50}rise";
    expect(parseLyrics(karaoke).slice(0, 1)).toEqual(words([1, "Lanterns"], [1.5, "rise"]));
    expect(parseLyrics("WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nLan<00:00:01.200>terns <00:00:01.500>rise").slice(0, 1)).toEqual(words([1, "Lanterns"], [1.5, "rise"]));
  });
});

describe("lines that begin with two times", () => {
  it.each([
    ["clock times", "[ar:Someone]\n[00:01.00,00:03.00]Hello\n[00:04.00-00:06.00] World\n[0:00:07.00 --> 0:00:08.00]Third", lines([1, "Hello"], [4, "World"], [7, "Third"], [8, ""])],
    ["ms and durations", "[1000,2000]Hello\n[61000,1500]World", lines([1, "Hello"], [3, ""], [61, "World"], [62.5, ""])],
    ["ms and ends", "[1000,2000]Hello\n[61000,62500]World", lines([1, "Hello"], [2, ""], [61, "World"], [62.5, ""])],
    ["seconds", "[1.5,3.25]Hello\n[4,5]World", lines([1.5, "Hello"], [4, "World"], [5, ""])],
    ["an offset", "[offset:500]\n[1000,2000]Hello\n[61000,1500]World", lines([0.5, "Hello"], [2.5, ""], [60.5, "World"], [62, ""])],
    ["one time, in seconds", "[ti:Song]\n[1.5] Hello\n[3.25]World\n[10]Third", lines([1.5, "Hello"], [3.25, "World"], [10, "Third"])],
    ["words, which are in ms", "[1000,500]<0,100,0>Hello", [expect.objectContaining({ time: 1, text: "Hello" }), { time: 1.5, text: "" }]],
    ["numbers that are not times", "[1] Hello\n[2] World", []],
  ])("may have %s", (_, text, expected) => {
    expect(parseLyrics(text)).toEqual(expected);
  });

  it.each([
    ["KRC", "[12000,2000]<0,500,0>Lan<500,500,0>terns <1000,1000,0>rise"],
    ["QRC", "[12000,2000]Lan(12000,500)terns (12500,500)rise(13000,1000)"],
    ["YRC", "[12000,2000](12000,500,0)Lan(12500,500,0)terns (13000,1000,0)rise"],
  ])("have words as %s writes them", (_, text) => {
    expect(parseLyrics(text).slice(0, 1)).toEqual(words([12, "Lanterns"], [13, "rise"]));
  });

  it("do not count where LRC has stamps", () => {
    expect(parseLyrics("[00:01.00]one\n[1,2]\n[00:02.00]two")).toEqual(lines([1, "one"], [2, "two"]));
  });
});

it("reads any mixture of them in short time, sorted, without a throw", async () => {
  const piece = fc.constantFrom("\n", "\r\n\r\n", "1", "00:01,5 --> 00:02.5", "-->", "[1,2]", "[00:01.00,00:02.00]", "(1,2)", "(1,2,0)", "<1,2,0>", "<00:01.0>", "[00:01.00]", "WEBVTT", "&amp;", "<v x>", "[", "(", "恋", "ש", "x ");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const times = parseLyrics(pieces.join("")).map(({ time }) => time);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    }),
  );
  const used = await processorTime(() => {
    for (const bomb of ["[1,2]".repeat(20_000), "0:00:01.000,0:00:03.000\n".repeat(20_000), `[1000,2]${"(1,2)x".repeat(20_000)}`, `-->\n${" ".repeat(500_000)}`, `-->\n${"1".repeat(500_000)}`, `[1000,2]${"(".repeat(500_000)}`]) parseLyrics(bomb);
  });
  expect(used).toBeLessThan(5000);
});
