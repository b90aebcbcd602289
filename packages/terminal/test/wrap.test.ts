import { fc } from "@vj/test-kit/properties";
import { expect, it } from "vitest";
import { lineWidth, wrapLine } from "../src/index.ts";

it("breaks between words, with a margin; words longer than a row stay whole", () => {
  expect(wrapLine("one two three", { columns: 13 })).toEqual(["one two three"]);
  expect(wrapLine("one two three", { columns: 9 })).toEqual(["one two", "  three"]);
  expect(wrapLine("      -> do this and that", { columns: 20 })).toEqual(["      -> do this and", "        that"]);
  expect(wrapLine("see /a/very/long/path now", { columns: 10, indent: 0 })).toEqual(["see", "/a/very/long/path", "now"]);
  expect(wrapLine("光 光 光", { columns: 5, indent: 0 })).toEqual(["光 光", "光"]);
  expect(wrapLine("          ", { columns: 4 })).toEqual(["          "]);
});

it("takes time in proportion to the length", () => {
  const blanks = " ".repeat(400_000);
  expect(wrapLine(`a${blanks}b${blanks}`, { columns: 10, indent: 0 })).toEqual(["a", "b"]);
});

it("no word is lost or broken, and no row with several words is too wide", () => {
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z光é]{1,9}$/), { minLength: 1 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 12 }), (words, columns, indent) => {
    const rows = wrapLine(words.join(" "), { columns, indent });
    expect(rows.flatMap((row) => row.trim().split(/ +/))).toEqual(words);
    expect(rows.filter((row) => row.trim().includes(" ") && lineWidth(row) > columns)).toEqual([]);
  }));
});
