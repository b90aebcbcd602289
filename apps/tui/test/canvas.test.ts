import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createCanvas } from "../src/paint/canvas.ts";
import { fitLine } from "../src/text/fit.ts";
import { paint } from "../src/text/paint.ts";
import { Span, bold, coloured, row } from "../src/text/span.ts";
import type { Line } from "../src/text/span.ts";
import { testSession } from "./session-fixture.ts";
import { VirtualTerminal } from "./virtual-terminal.ts";

const width = 24;
const piece = fc.tuple(
  fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom("漢字かな", "e\u0301a\u0308", "👨‍👩‍👧 x", "\u0301", "ก\u0e33", "███▏···", "🇩🇪", "❤️", "한국", "     ", "⠀⣿", "\u0eb3x"),
  ),
  fc.constantFrom({}, { bold: true }, { colour: "green" }, { inverse: true }, { colour: "red", bold: true, dim: true }),
).map(([text, style]) => new Span(text, style as Span["style"]));
const painted = (line: Line): string => paint(fitLine(line, width), { colour: true, ascii: false });
const picture = fc.array(fc.array(piece, { maxLength: 5 }).map(painted), { minLength: 1, maxLength: 6 }).map((rows) => ({ rows, width }));

/** What stands on a terminal on which nothing was before. */
function freshly(rows: readonly string[]): VirtualTerminal {
  const terminal = new VirtualTerminal(width, 7);
  terminal.write(createCanvas().paint({ rows, width }));
  return terminal;
}

describe("the difference of two pictures", () => {
  it("turns what stands there into the next picture, whatever both are, cell by cell", () => {
    fc.assert(
      fc.property(fc.array(picture, { minLength: 2, maxLength: 5 }), (pictures) => {
        const terminal = new VirtualTerminal(width, 7);
        const canvas = createCanvas();
        for (const next of pictures) {
          terminal.write(canvas.paint(next));
          expect(terminal.cells()).toEqual(freshly(next.rows).cells());
          expect(terminal.style).toBe("");
          expect(canvas.paint(next)).toBe("");
        }
        expect(terminal.wiped).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("shows the text that was painted", () => {
    const terminal = freshly([painted(row("漢字 e\u0301 ", bold("x"))), painted(row(""))]);
    expect(terminal.text().slice(0, 2)).toEqual(["漢字 e\u0301 x", ""]);
  });

  it("is as small as what changed", () => {
    const canvas = createCanvas();
    const at = (value: string) => ({ rows: [painted(row("level ", coloured("green", value)))], width });
    canvas.paint(at("██▏···"));
    expect(canvas.paint(at("██▎···"))).toBe("\u001b[1;9H\u001b[32m▎\u001b[m");
    canvas.paint({ rows: [painted(row("x".repeat(width)))], width });
    expect(canvas.paint({ rows: [painted(row("x"))], width })).toBe("\u001b[1;2H\u001b[K");
  });

  it("of a busy show takes few bytes, and no full clear", () => {
    const canvas = createCanvas();
    const { know, session } = testSession({ columns: 120, rows: 40 });
    const terminal = new VirtualTerminal(120, 40);
    terminal.write(canvas.paint(session.draw()));
    expect(terminal.text().join("\n")).toContain("┌ Now playing");
    for (const key of ["2", "3", "4", "6", "7", "?", "escape", "1"]) {
      session.press(key);
      terminal.write(canvas.paint(session.draw()));
    }
    expect(canvas.paint(session.draw())).toBe("");
    expect(terminal.wiped).toEqual([]);
    expect(know).toBeDefined();
  });
});

describe("a screen that another program has written to", () => {
  const rows = ["one", "two", "three"].map((text) => painted(row(text)));

  it("is written whole in its place when asked for, with the row below it", () => {
    const canvas = createCanvas();
    canvas.paint({ rows, width });
    const garbled = new VirtualTerminal(width, 4, "#");
    canvas.forget();
    garbled.write(canvas.paint({ rows, width }));
    expect(garbled.text()).toEqual(["one", "two", "three", ""]);
    expect(garbled.wiped).toEqual([]);
  });

  it("heals by one row at a time", () => {
    const canvas = createCanvas();
    canvas.paint({ rows, width });
    const garbled = new VirtualTerminal(width, 3, "#");
    for (let turn = 0; turn < 3; turn += 1) {
      canvas.forgetNext();
      const bytes = canvas.paint({ rows, width });
      expect(bytes.length).toBeLessThan(2 * width);
      garbled.write(bytes);
    }
    expect(garbled.text()).toEqual(["one", "two", "three"]);
  });

  it("has nothing left of a taller or wider picture", () => {
    const canvas = createCanvas();
    const terminal = new VirtualTerminal(width, 4);
    terminal.write(canvas.paint({ rows, width }));
    terminal.write(canvas.paint({ rows: rows.slice(0, 1), width }));
    expect(terminal.text()).toEqual(["one", "", "", ""]);
    const narrow = new VirtualTerminal(5, 1);
    narrow.write(canvas.paint({ rows: ["small"], width: 5 }));
    expect(narrow.text()).toEqual(["small"]);
  });
});
