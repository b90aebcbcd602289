import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { parseLrc } from "../src/lrc.ts";
import { parseLyrics } from "../src/parse-lyrics.ts";
import { readTags } from "../src/sources/folder-names.ts";

const lines = (...expected: [number, string][]): unknown => expected.map(([time, text]) => ({ time, text }));

describe("LRC", () => {
  it.each([
    ["a byte order mark and CRLF", "\uFEFF[00:01.00]one\r\n[00:02.00]two\r\n", lines([1, "one"], [2, "two"])],
    ["several stamps before one text", "[00:01.00][00:10.00]chorus", lines([1, "chorus"], [10, "chorus"])],
    ["one digit of minutes and of fraction", "[1:02.3]x", lines([62.3, "x"])],
    ["more than 99 minutes", "[100:00.00]x", lines([6000, "x"])],
    ["no fraction", "[01:02]x", lines([62, "x"])],
    ["a colon before the fraction", "[01:02:30]x", lines([62.3, "x"])],
    ["word times", "[00:12.00]<00:12.00>Love <00:12.50>is <00:13.00>all", lines([12, "Love is all"])],
    ["an instrumental gap", "[00:01.00]one\n[00:05.00]\n[00:09.00] ", lines([1, "one"], [5, ""], [9, ""])],
    ["a positive offset: earlier", "[offset:+500]\n[00:01.00]one\n[00:00.20]zero", lines([0, "zero"], [0.5, "one"])],
    ["offsets as some programs write them", "[offset: + 500.0 ms]\n[00:01.00]one", lines([0.5, "one"])],
    ["an offset with the sign for minus", "[offset:−500]\n[00:01.00]one", lines([1.5, "one"])],
    ["a negative offset: later", "[offset: -500]\n[00:01.00]one", lines([1.5, "one"])],
    ["milliseconds", "[00:01.123]one", lines([1.123, "one"])],
    ["lines in no order", "[00:05.00]b\n[00:01.00]a\n[00:05.00]c", lines([1, "a"], [5, "b"], [5, "c"])],
    ["tags and lines without a stamp", "[ar:Someone]\n[length:03:12]\nno stamp\n[00:01.00]one", lines([1, "one"])],
    ["brackets within the text", "[00:01.00][Chorus] one", lines([1, "[Chorus] one"])],
    ["word stamps in square brackets", "[00:10.00]Paper [00:10.50]lanterns [00:11.00]rising [00:11.50]\n[00:12.00]Second [00:12.40]line", lines([10, "Paper lanterns rising"], [12, "Second line"])],
    ["a stamp of the line and one of its first word", "[00:10.00][00:10.00]Paper [00:10.50]lanterns\n[00:12.00] [00:12.10]Second [00:12.40]line", lines([10, "Paper lanterns"], [12, "Second line"])],
    ["bracketed words sung twice", "[00:10.00][00:50.00]Hello [00:10.50]again", lines([10, "Hello again"], [50, "Hello again"])],
    ["signs as web pages write them", "[00:01.00]You &amp; me, &#39;til &lt;3 &copy;", lines([1, "You & me, 'til <3 &copy;"])],
    ["slow words in brackets", "[00:10.00]Love [00:12.00]is [00:14.00]all", lines([10, "Love is all"])],
    ["lines joined without a break", "[00:01.00]One two three[00:03.00]Four five six [00:05.00] Seven eight", lines([1, "One two three"], [3, "Four five six"], [5, "Seven eight"])],
    ["joined lines of a script without blanks", "[00:01.00]春の海は青い[00:04.00]冬の山は白い", lines([1, "春の海は青い"], [4, "冬の山は白い"])],
    ["joined lines in no order", "[00:50.00]Chorus[00:03.00]Verse", lines([3, "Verse"], [50, "Chorus"])],
    ["line breaks of other systems", "[00:01.00]one\u2028[00:02.00]two\u2029[00:03.00]three\u0085[00:04.00]four\v[00:05.00]five\r[00:06.00]six", lines([1, "one"], [2, "two"], [3, "three"], [4, "four"], [5, "five"], [6, "six"])],
    ["syllables", "[00:10.00] <00:10.00>Lan<00:10.20>terns <00:10.60>ri<00:10.80>sing <00:11.00>", lines([10, "Lanterns rising"])],
    ["syllables in square brackets", "[00:10.00]Lan[00:10.20]terns [00:10.60]ri[00:10.80]sing", lines([10, "Lanterns rising"])],
    ["a stamp on every ideograph", "[00:10.00]<00:10.00>恋<00:10.20>の<00:10.40>歌<00:10.60>を\n[00:12.00]恋[00:12.20]の[00:12.40]歌", lines([10, "恋の歌を"], [12, "恋の歌"])],
    ["syllables in Thai", "[00:10.00]<00:10.00>สวัส<00:10.20>ดี", lines([10, "สวัสดี"])],
    ["word stamps alone", "<00:10.00>Hello <00:10.50>again", lines([10, "Hello again"])],
    ["a decimal comma", "[00:01,50]x <00:01,70>y", lines([1.5, "x y"])],
    ["wide brackets, colons and points", "［00：01．50］x\n【00:02.00】y", lines([1.5, "x"], [2, "y"])],
    ["hours with wide colons", "［00：01：02．50］x", lines([62.5, "x"])],
    ["credits with a dash", "[00:01.00]Composer - Jane\n[00:02.00]Mixing Engineer – Jo\n[00:12.00]Music - my love", lines([12, "Music - my love"])],
    ["hours", "[00:00:01.50]first\n[00:01:02]second\n[01:02:03,25]third", lines([1.5, "first"], [62, "second"], [3723.25, "third"])],
    ["a mark without width before the first stamp", "\u200b[00:01.00]x\n\u2060[00:02.00]y", lines([1, "x"], [2, "y"])],
    ["hours and a colon before the fraction", "[00:01:02:500]x\n[01:00:03:25]y", lines([62.5, "x"], [3603.25, "y"])],
    ["hours without a fraction", "[00:00:01]a\n[00:00:05]b\n[00:01:02]c\n[00:03:15]d", lines([1, "a"], [5, "b"], [62, "c"], [195, "d"])],
    ["many decimals", "[00:01.5000]x\n[00:03.250000000]y", lines([1.5, "x"], [3.25, "y"])],
    ["blanks within stamps", "[ 00:01.00 ]x\n[00 : 03 . 50]y", lines([1, "x"], [3.5, "y"])],
    ["a stamp before the beginning", "[-00:01.00]x", lines([0, "x"])],
    ["a translation of the same time, also one that follows the whole song", "[00:01.00]恋の歌\n[00:02.00]空\n[00:01.00]Song of love\n[00:02.00]Sky", lines([1, "恋の歌"], [1, "Song of love"], [2, "空"], [2, "Sky"])],
    ["a gap at the time of a line, and a line twice", "[00:01.00]\n[00:01.00]one\n[00:01.00]one", lines([1, "one"])],
    ["credits", "[00:00.00] 作词 : Jane Doe\n[00:00.78]作 曲：Jane\n[00:01.00]Lyrics by: J\n[00:02.00]Written by Jane\n[00:03.00]Producer：Jane\n[00:12.00]Real words", lines([12, "Real words"])],
    ["credits in two languages, and of several roles", "[00:01.00]编曲 Arrangement：Z\n[00:02.00]录音 Recording Engineer : Q\n[00:03.00]作词/作曲：A\n[00:04.00]作詞・作曲 : B\n[00:05.00]작사: C\n[00:06.00]작곡, 편곡: D\n[00:07.00]制作人 / Producer: E\n[00:12.00]Real words", lines([12, "Real words"])],
    ["notices of services and publishers", "[00:01.00]未经著作权人许可 不得翻唱或使用\n[00:02.00]© 2020 A\n[00:12.00]Real words\n[03:20.00]Lyrics provided by A\n[03:22.00]by RentAnAdviser.com", lines([12, "Real words"])],
    ["words that only begin like credits of other scripts", "[00:12.00]노래를 불러: la\n[00:14.00]未经世事的我\n[00:16.00]Lyrics come to me", lines([12, "노래를 불러: la"], [14, "未经世事的我"], [16, "Lyrics come to me"])],
    ["words that only look like credits", "[00:12.00]Music by the sea\n[00:14.00]Written in the stars\n[01:30.00]Title: mine", lines([12, "Music by the sea"], [14, "Written in the stars"], [90, "Title: mine"])],
    ["names of singers", "[00:01.00]F: one\n[00:02.00]v1: two\n[00:03.00]男：三\n[00:04.00]D:\n[00:05.00]Fame: mine", lines([1, "one"], [2, "two"], [3, "三"], [4, "D:"], [5, "Fame: mine"])],
    ["inline tags", "[00:01.00][by:someone]one <i>two</i> <c.yellow>three</c>{\\an8}\n[00:02.00][COLOUR]0xFF00FF four\n[00:03.00]I <3 you", lines([1, "one two three"], [2, "four"], [3, "I <3 you"])],
    ["one word stamped line of two times", "[00:10.00][00:50.00]<00:10.00>Hello <00:10.50>again", lines([10, "Hello again"], [50, "Hello again"])],
    ["an offset without a value, and one below its line", "[offset:]\n[00:05.00]Alpha\n[offset:1000]\n[00:06.00]Beta", lines([4, "Alpha"], [5, "Beta"])],
    ["an offset of three seconds later before a gap", "[offset: -3000]\n[ar: X]\n[length: 05:25]\n[00:05.64]\n[01:20.39]Out of the dark", lines([8.64, ""], [83.39, "Out of the dark"])],
    ["blanks between the stamps of one text", "[00:01.00] [00:05.00]  spaced out words", lines([1, "spaced out words"], [5, "spaced out words"])],
    ["stamps of one text in no order", "[03:11.53][02:31.83][01:01.57]Since when\n[01:09.62]Your look", lines([61.57, "Since when"], [69.62, "Your look"], [151.83, "Since when"], [191.53, "Since when"])],
    ["credits as JSON lines", '{"t":0,"c":[{"tx":"Writer: "},{"tx":"Someone"}]}\n{"t":1000,"c":[{"tx":"Composer: "}]}\n[00:12.100]Real words', lines([12.1, "Real words"])],
    ["a colour tag on a line of its own", "[la:ja]\n[COLOUR]0xFFFFFF\n[00:00.55]First\n[00:03.31]\n[00:15.26]Next", lines([0.55, "First"], [3.31, ""], [15.26, "Next"])],
    ["voices, of which three sing the same", "[00:12.00]Line one\n[00:17.20]F: Line two\n[00:21.10]M: Line three\n[00:28.25]D: Line two\n[00:30.00]v1: Line two", lines([12, "Line one"], [17.2, "Line two"], [21.1, "Line three"], [28.25, "Line two"], [30, "Line two"])],
    ["nothing but notes", "[00:01.00]one\n[00:02.00]♪ ♫", lines([1, "one"], [2, ""])],
    ["nothing", "", []],
  ])("with %s", (_, lrc, expected) => {
    expect(parseLrc(lrc).map(({ time, text }) => ({ time, text }))).toEqual(expected);
  });

  it.each<[string, string, readonly (readonly [number, string, number?])[] | undefined]>([
    ["words in angle brackets", "[00:12.00]<00:12.00>Love <00:12.50>is <00:13.00>all<00:13.90>", [[12, "Love"], [12.5, "is"], [13, "all", 13.9]]],
    ["words in square brackets", "[00:10.00]Paper [00:10.50]lanterns [00:11.00]rising [00:11.50]", [[10, "Paper"], [10.5, "lanterns"], [11, "rising", 11.5]]],
    ["words that end before the next one", "[00:10.00]<00:10.00>One<00:10.30> <00:10.60>two<00:11.00>", [[10, "One", 10.3], [10.6, "two", 11]]],
    ["syllables", "[00:10.00] <00:10.00>Lan<00:10.20>terns <00:10.60>ri<00:10.80>sing <00:11.00>", [[10, "Lanterns"], [10.6, "rising", 11]]],
    ["ideographs", "[00:10.00]<00:10.00>恋<00:10.20>の<00:10.40>歌", [[10, "恋"], [10.2, "の"], [10.4, "歌"]]],
    ["the stamp of the line for its first word", "[00:10.00]Paper <00:10.50>lanterns", [[10, "Paper"], [10.5, "lanterns"]]],
    ["an offset", "[offset:500]\n[00:10.00]<00:10.00>Paper <00:10.50>lanterns<00:11.00>", [[9.5, "Paper"], [10, "lanterns", 10.5]]],
    ["the name of a singer", "[00:10.00]<00:10.00>F: <00:10.50>Paper <00:11.00>moon", [[10.5, "Paper"], [11, "moon"]]],
    ["the name of a singer without a stamp", "[00:10.00]v1: <00:10.50>Paper <00:11.00>moon", [[10.5, "Paper"], [11, "moon"]]],
    ["one stamp for a whole line", "[00:10.00]<00:10.00>Paper moon", undefined],
    ["stamps that go back", "[00:10.00]<00:11.00>Paper <00:10.00>moon", undefined],
    ["stamps of another place in the song", "[00:40.00]<00:10.00>Paper <00:10.50>moon", undefined],
    ["none", "[00:10.00]Paper moon", undefined],
  ])("has words with their times: %s", (_, lrc, expected) => {
    const [line] = parseLrc(lrc);
    expect(line?.words?.map(({ time, text, end }) => (end === undefined ? [time, text] : [time, text, end]))).toEqual(expected);
    const whole = expected?.map(([, text]) => text).join("") ?? line?.text.replaceAll(" ", "");
    expect(line?.text.replaceAll(" ", "")).toBe(whole);
  });

  it("has the words of a line that is sung again, at their new times", () => {
    const times = parseLrc("[00:10.00][00:50.00]<00:10.00>Hello <00:10.50>again").map(({ words }) => words?.map(({ time }) => time));
    expect(times).toEqual([[10, 10.5], [50, 50.5]]);
  });

  it("holds nothing that steers a terminal", () => {
    expect(parseLrc("[00:01.00]\u001b[2Jred \u009b31m<00:01.50>\u202eword\u0007")).toEqual([{ time: 1, text: "red word", words: [{ time: 1, text: "red" }, { time: 1.5, text: "word" }] }]);
  });

  it("is bounded: long lines, many lines", () => {
    expect(Buffer.byteLength(parseLrc(`[00:01.00]${"🎵".repeat(9999)}`)[0]?.text ?? "")).toBeLessThan(1400);
    expect(parseLrc(Array.from({ length: 20_000 }, (_, index) => `[00:01.00]x${index}`).join("\n"))).toHaveLength(2000);
  });

  const pieces = ["[00:01.00]", "<00:02.00>", "[", "]", "<", ">", ":", "0", "12", ".", ",", " ", "  ", "\n", "word", "恋", "作词", "[offset:", "-", "F:", "{\\", "}", "\u2028"];

  it("never throws and is never unsorted or out of range, whatever stands there", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 60 }), (parts) => {
        const parsed = parseLrc(parts.join(""));
        const times = parsed.map(({ time }) => time);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const { time, text } of parsed) expect(Number.isFinite(time) && time >= 0 && !/[\n\r]|<\d\d:/.test(text)).toBe(true);
        for (const { words = [{ time: 0, text: "x" }] } of parsed) {
          const begins = words.map((word) => word.time);
          expect(begins).toEqual(begins.toSorted((a, b) => a - b));
          for (const { time, text, end = time } of words) expect(time >= 0 && end >= time && text.trim() !== "").toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["\n", "\r\n", " ", "\uFEFF", "\u2028"])("finds out quickly what nothing but %j is", (piece) => {
    const text = piece.repeat(100_000);
    expect(parseLyrics(text)).toEqual([]);
    expect(readTags(text.slice(0, 4096))).toMatchObject({ artist: "", instrumental: false });
  });

  it.each(["[", "[1:2", "[0:1:2]", "[00:01.00]<00:01.00>a ", "<0:1:2>\u001b]", "[00:01.00]", "<00:01.00>a", "[ ", "<i", "{\\", " ", "作", "a ", "[by:", "[00:01.00]a\n"])("reads a megabyte of %j", (piece) => {
    expect(parseLrc(`[00:01.00]${piece.repeat(1_000_000 / piece.length)}`).length).toBeLessThanOrEqual(2000);
  });
});
