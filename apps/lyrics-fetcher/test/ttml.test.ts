import { fc } from "@vj/test-kit/properties";
import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { parseLyrics, timingOf } from "../src/parse-lyrics.ts";
import { ttmlSeconds } from "../src/ttml-time.ts";

const document = (body: string, attributes = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?><tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ${attributes}>` +
  `<head><metadata><ttm:title>Not sung</ttm:title><text begin="1">nor this</text></metadata></head><body dur="10:00.000"><div begin="1.000" end="3:00.000">${body}</div></body></tt>`;
const texts = (body: string, attributes = ""): unknown => parseLyrics(document(body, attributes)).map(({ time, text }) => [time, text]);

describe("times of TTML", () => {
  it.each([
    ["00:01:02.5", 62.5], ["1:02.345", 62.345], ["12.345", 12.345], ["12.5s", 12.5], ["500ms", 0.5], ["1.5m", 90], ["1h", 3600], ["00:00:10:15", 10.6], ["50f", 2], ["30t", 3],
    ["", undefined], ["soon", undefined], ["-1s", undefined], ["1e9", undefined],
  ])("%s", (text, expected) => {
    expect(ttmlSeconds(text, { frames: 25, ticks: 10 })).toBe(expected);
  });
});

describe("TTML", () => {
  it.each([
    ["lines", '<p begin="00:00:10.000" end="00:00:12">One &amp; two</p><p begin="12.5s" end="13s">Three<br/>four</p>', [[10, "One & two"], [12.5, "Three four"], [13, ""]]],
    ["a pause", '<p begin="10" end="12">One</p><p begin="30">Two</p>', [[10, "One"], [12, ""], [30, "Two"]]],
    ["lines in no order", '<p begin="12">Two</p><p begin="10">One</p>', [[10, "One"], [12, "Two"]]],
    ["times of their spans alone", '<p><span begin="10" end="11">One</span> <span begin="11">two</span></p>', [[10, "One two"]]],
    ["lines without a time", "<p>Never</p>", []],
    ["times within the part of the song", '<p begin="0.5">One</p>', [[1.5, "One"]]],
    ["durations", '<p begin="10" dur="2s">One</p>', [[10, "One"], [12, ""]]],
    ["singers in the background", '<p begin="10"><span begin="10">One</span><span ttm:role="x-bg"><span begin="11">(ooh)</span></span></p>', [[10, "One"]]],
    ["a translation and how it sounds", '<p begin="10">恋<span ttm:role="x-translation" xml:lang="en">Love</span><span ttm:role="x-roman">koi</span></p>', [[10, "恋"], [10, "Love"]]],
    ["credits and notes", '<p begin="2">Lyrics by: Jane</p><p begin="10">♪</p><p begin="12">One</p>', [[10, ""], [12, "One"]]],
    ["what steers a terminal", '<p begin="10">On&#x9b;31me\u202e</p>', [[10, "One"]]],
  ])("has %s", (_, body, expected) => {
    expect(texts(body)).toEqual(expected);
  });

  it("counts frames and ticks as the document says", () => {
    expect(texts('<p begin="00:00:10:12">One</p><p begin="200t">Two</p>', 'ttp:frameRate="24" ttp:tickRate="10"')).toEqual([[10.5, "One"], [20, "Two"]]);
  });

  it("has words, syllables joined", () => {
    const body = '<p begin="10" end="12"><span begin="10" end="10.2">Lan</span><span begin="10.2" end="10.5">terns</span> <span begin="10.6" end="11.4">rising</span>, <span begin="11.4" end="12">now</span></p>';
    const [line] = parseLyrics(document(body));
    expect(line).toEqual({ time: 10, text: "Lanterns rising, now", words: [{ time: 10, text: "Lanterns", end: 10.5 }, { time: 10.6, text: "rising," }, { time: 11.4, text: "now", end: 12 }] });
    const laidOut = parseLyrics(document('<p begin="10">\n  <span begin="10" end="10.9">One</span>\n  <span begin="10.5" end="11">two</span>\n</p>'));
    expect(laidOut[0]?.words).toEqual([{ time: 10, text: "One", end: 10.5 }, { time: 10.5, text: "two", end: 11 }]);
    expect([timingOf(laidOut), timingOf(parseLyrics(document('<p begin="1">One</p>'))), timingOf([])]).toEqual(["words", "lines", "none"]);
    const bilingual = parseLyrics("[00:01.00]<00:01.00>one <00:02.00>two\n[00:01.00]eins zwei\n[00:03.00]<00:03.00>three <00:04.00>four\n[00:03.00]drei vier\n[00:05.00]Hey\n[00:06.00]five six");
    expect(timingOf(bilingual)).toBe("words");
  });

  const bomb = `<!DOCTYPE tt [<!ENTITY a "${"x".repeat(50)}">${Array.from("bcdefghij", (name, index) => `<!ENTITY ${name} "${`&${"abcdefghij"[index] ?? ""};`.repeat(10)}">`).join("")}]>`;

  it.each<[string, string, readonly string[]]>([
    ["entities that unfold", document('<p begin="10">One</p><p begin="12">&j;</p><p begin="14">Three</p>').replace("<tt", `${bomb}<tt`), ["One"]],
    ["entities of the system", document('<p begin="10">One</p><p begin="12">&x;</p>').replace("<tt", '<!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]><tt'), ["One"]],
    ["no end", document('<p begin="10">One</p><p begin="12">Two').slice(0, -30), ["One"]],
    ["elements that do not close", document('<p begin="10">One</p><p begin="12">Two</div></p>'), ["One"]],
    ["great depth", document(`<p begin="10">One</p><p begin="12">${"<span>".repeat(100_000)}`), ["One"]],
    ["more depth than a song has", document(`<p begin="10">One</p><p begin="12">${"<span>".repeat(100)}deep${"</span>".repeat(100)}</p>`), ["One"]],
    ["nothing of a song", "<html><p begin='1'>x</p></html>", []],
  ])("may have %s", async (_, xml, expected) => {
    const used = await processorTime(() => expect(parseLyrics(xml).map(({ text }) => text)).toEqual(expected));
    expect(used).toBeLessThan(2000);
  });

  it("may be long, and is bounded", () => {
    const lines = Array.from({ length: 9000 }, (_, index) => `<p begin="${index}">Line ${index} ${"word ".repeat(10)}</p>`).join("");
    expect(parseLyrics(document(lines)).length).toBeLessThanOrEqual(5000);
    expect(parseLyrics(document(`<p begin="1">${"🎵a ".repeat(300_000)}</p>`))[0]?.text.length).toBeLessThan(700);
  });

  const pieces = ["<p", ' begin="1"', ' end="2s"', ">", "</p>", "<span", "</span>", "<br/>", "word", " ", "\n", "&amp;", "&x;", "<!--", "-->", "<![CDATA[", "]]>", '"', "<div>", ' ttm:role="x-bg"', "恋", "\u001b[2J", "<?", "?>"];

  it("never throws, is never unsorted and never holds a control character, whatever stands there", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 60 }), (parts) => {
        const parsed = parseLyrics(document(parts.join("")));
        const times = parsed.map(({ time }) => time);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const { text, words = [] } of parsed) expect([text, ...words.map((word) => word.text)].join("")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }),
      { numRuns: 200 },
    );
  });
});
