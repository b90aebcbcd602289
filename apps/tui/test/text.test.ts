import { fc } from "@vj/test-kit/properties";
import stringWidth from "string-width";
import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { bar, columns, progress, resample } from "../src/text/bars.ts";
import { alignRight, cutText, fitLine, fitText, lineWidth, spread, widthOf } from "../src/text/fit.ts";
import { age, clock, count, countdown, plainValue, rate, songTime, uptime } from "../src/text/format.ts";
import { paint } from "../src/text/paint.ts";
import { beside, panel } from "../src/text/panel.ts";
import { layoutFor, tooSmall } from "../src/text/size.ts";
import { Span, bold, coloured, row, selected, textOf } from "../src/text/span.ts";
import { fold, wrapText } from "../src/text/wrap.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });
const anyLine = fc.array(anyText, { maxLength: 6 }).map((texts) => row(...texts.flatMap((text) => [" ", text, " "])));

describe("spans", () => {
  it("contain nothing that controls a terminal", () => {
    fc.assert(fc.property(anyText, (text) => !/[\u0000-\u001f\u007f-\u009f\u202e\u200b]/.test(new Span(text).text)));
    expect(new Span("x".repeat(2_000_000)).text).toHaveLength(1000);
    expect(new Span("a\u001b[31mred\u001b]0;title\u0007\nb").text).toBe("ared b");
  });
});

describe("fitting", () => {
  it("marks nothing as cut where spaces alone do not fit", () => {
    expect(cutText("done   ", 4)).toBe("done");
    expect(cutText("done x ", 4)).toBe("don…");
    expect(textOf(spread(row("漢字", "    "), row("+1"), 6))).toBe("漢字+1");
  });

  it("gives a row exactly its width, with any content", () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 0, max: 90 }), (line, width) => {
        const fitted = textOf(fitLine(line, width));
        expect(stringWidth(fitted)).toBe(width);
      }),
    );
  });

  it("measures each script as terminals do, and cuts what a stranger sends at any length", () => {
    const strange = ["漢".repeat(500), "👨‍👩‍👧‍👦".repeat(300), "a\u0301\u0302\u0303".repeat(900), "🇩🇪".repeat(400), "مرحبا ".repeat(300), "ｶﾞ".repeat(300), "\u0301".repeat(3000)];
    for (const text of strange) {
      expect(widthOf(text)).toBe(stringWidth(text));
      for (const width of [1, 2, 7, 40]) expect(stringWidth(fitText(text, width))).toBe(width);
    }
    fc.assert(fc.property(anyText, (text) => widthOf(new Span(text).text) === stringWidth(new Span(text).text)));
  });

  it("folds a text of any script with nothing left out, quickly", async () => {
    fc.assert(fc.property(fc.array(anyText, { maxLength: 5 }), fc.integer({ min: 2, max: 30 }), (texts, width) => {
      const text = new Span(texts.join(" ")).text;
      const rows = fold(text, width);
      for (const folded of rows) expect(widthOf(folded)).toBeLessThanOrEqual(width);
      expect(rows.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }));
    expect(await processorTime(() => expect(fold("👨‍👩‍👧‍👦".repeat(5000), 80)).toHaveLength(125))).toBeLessThan(1000);
  });

  it("counts a mark at the start of a piece with the character before it", () => {
    for (const mark of ["\u0eb3", "\u0e33", "\u0301"]) expect(stringWidth(textOf(fitLine(row("a", mark, "b"), 6)))).toBe(6);
  });

  it("cuts between wide characters and fills the remaining cell", () => {
    expect(textOf(fitLine(row("ab漢字漢字"), 7))).toBe("ab漢字…");
    expect(textOf(fitLine(row("ab漢字漢字"), 6))).toBe("ab漢… ");
    expect(lineWidth(row("漢字"))).toBe(4);
    expect(widthOf("👨‍👩‍👧")).toBe(2);
  });

  it("aligns texts", () => {
    expect(fitText("ab", 4)).toBe("ab  ");
    expect(alignRight("ab", 4)).toBe("  ab");
    expect(fitText("abcdef", 4)).toBe("abc…");
    expect(cutText("abc", 0)).toBe("");
  });

  it("keeps the right part whole", () => {
    expect(textOf(spread(row("a long text"), row("right"), 10))).toBe("a lo…right");
  });

  it("wraps between words, in as many rows as allowed", () => {
    expect(wrapText("one two three four", 9)).toEqual(["one two", "three", "four"]);
    expect(wrapText("one two three four", 9, 2)).toEqual(["one two", "three fo…"]);
    expect(wrapText("unbreakableword x", 6)).toEqual(["unbre…", "x"]);
  });
});

describe("painting", () => {
  const line = [bold("a"), coloured("green", "b"), new Span("c")];

  it("uses the sixteen colours of the theme, and closes them", () => {
    expect(paint(line, { colour: true, ascii: false })).toBe("\u001b[1ma\u001b[0m\u001b[32mb\u001b[0mc");
  });

  it("keeps bold and reverse video without colour", () => {
    expect(paint(selected(line), { colour: false, ascii: false })).toBe("\u001b[1;7ma\u001b[0m\u001b[7mbc\u001b[0m");
  });

  it("replaces its own signs in ASCII, cell for cell, and leaves letters alone", () => {
    const drawn = paint(row("┌─ ▸ é 漢 █▅▁· … ↑"), { colour: false, ascii: true });
    expect(drawn).toBe("+- > é 漢 #o_. ~ ^");
  });
});

describe("panels", () => {
  it("have the given width and height", () => {
    const drawn = panel({ title: row("Title that is too long for it"), width: 16, height: 4, body: [row("one"), row("a longer row of text"), row("cut")] });
    expect(drawn.map(textOf)).toEqual(["┌ Title that… ─┐", "│ one          │", "│ a longer ro… │", "└──────────────┘"]);
  });

  it("stand side by side", () => {
    expect(beside([row("a")], [row("b"), row("c")], 3).map(textOf)).toEqual(["a  b", "   c"]);
  });
});

describe("formats", () => {
  it("of times", () => {
    expect([0, 59, 3600, 8050, 266_400].map(uptime)).toEqual(["00:00:00", "00:00:59", "01:00:00", "02:14:10", "3d 02:00"]);
    expect([0, 102, 329, Number.NaN].map(songTime)).toEqual(["0:00", "1:42", "5:29", "0:00"]);
    expect([400, 12_000, 180_000, 7_200_000, 4 * 86_400_000, -5].map(age)).toEqual(["0.4 s", "12 s", "3 min", "2 h", "4 d", "0.0 s"]);
    expect([3200, -5].map(countdown)).toEqual(["4 s", "0 s"]);
    expect(clock(Number.NaN)).toBe("--:--:--");
    expect(clock(new Date(2026, 0, 1, 7, 8, 9).getTime())).toBe("07:08:09");
  });

  it("of numbers and foreign values", () => {
    expect([5, 1234, 48_211, 1_234_567].map(count)).toEqual(["5", "1 234", "48 211", "1 234 567"]);
    expect([0, 60.04, 99.96, 186.4].map(rate)).toEqual(["0.0", "60.0", "100", "186"]);
    expect([null, undefined, "", true, false, 3, 0.12345, "x", { a: 1 }].map(plainValue)).toEqual(["–", "–", "–", "yes", "no", "3", "0.123", "x", '{"a":1}']);
  });

  it("of levels", () => {
    expect(bar(0.5, 6)).toBe("███···");
    expect([0.51, 0.52, 0.56].map((value) => bar(value, 6))).toEqual(["███···", "███▏··", "███▍··"]);
    expect([Number.NaN, -1, 7].map((value) => bar(value, 2))).toEqual(["··", "··", "██"]);
    expect(progress(0.25, 4)).toBe("━───");
    expect(columns([0, 0.5, 1, Number.NaN])).toBe("▁▅█▁");
    expect(resample([1, 0, 0, 0.5], 2)).toEqual([1, 0.5]);
    expect(resample([1, 0], 4)).toEqual([1, 1, 0, 0]);
  });
});

describe("layouts", () => {
  it("follow the size of the terminal", () => {
    const at = (columnCount: number, rows: number) => layoutFor({ columns: columnCount, rows });
    expect([at(120, 36), at(119, 36), at(80, 24), at(68, 12), at(60, 20), at(40, 12), at(39, 50), at(200, 11)]).toEqual([
      "large", "normal", "normal", "normal", "narrow", "small", "tiny", "tiny",
    ]);
    expect(tooSmall({ columns: 32, rows: 8 })).toBe("terminal 32×8 – need 40×12");
  });
});
