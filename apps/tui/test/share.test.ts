import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { asciiBraille, history } from "../src/text/history.ts";
import { columnsThatFit, share, stack } from "../src/text/share.ts";
import { listAround } from "../src/text/list-around.ts";
import { clickable, row, textOf } from "../src/text/span.ts";

describe("a list around its chosen row", () => {
  it("shows the chosen row with nothing cut, in sight wherever it stands", () => {
    const lines = ["a", "  b with a text that goes on and on", "c", "d", "e"].map((text, index) => clickable(row(text), { kind: "mark", id: String(index) }));
    const shown = (at: number, room: number): string[] => listAround(lines, at, { room, width: 14 }).map(textOf);
    expect(shown(1, 9)).toEqual(["a", "  b with a", "      text", "      that", "      goes on", "      and on", "c", "d", "e"]);
    expect(shown(1, 5)).toEqual(["  b with a", "      text", "      that", "      goes on", "      and on"]);
    expect(shown(4, 2)).toEqual(["d", "e"]);
    expect(listAround(lines, 1, { room: 5, width: 14 }).flat().every(({ style }) => style.inverse === true && style.click?.kind === "mark" && style.click.id === "1")).toBe(true);
    expect(listAround([], 0, { room: 3, width: 9 }).map(textOf)).toEqual([""]);
  });
});

describe("sharing rows or cells", () => {
  it("gives each its least by rank, then what it wants by rank, and the rest to those that want all", () => {
    const parts = [{ rank: 1, least: 3, wanted: Infinity }, { rank: 0, least: 7, wanted: 11 }, { rank: 2, least: 3 }];
    expect([40, 20, 13, 12, 10, 9, 7, 6].map((room) => share(parts, room))).toEqual([
      [26, 11, 3], [6, 11, 3], [3, 7, 3], [3, 9, 0], [3, 7, 0], [0, 9, 0], [0, 7, 0], [3, 0, 3],
    ]);
  });

  it("never gives more than there is, nor less than the least", () => {
    const part = fc.record({ rank: fc.nat(5), least: fc.integer({ min: 1, max: 9 }), wanted: fc.oneof(fc.nat(20), fc.constant(Infinity)) });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.integer({ min: -3, max: 60 }), (parts, room) => {
        const shares = share(parts, room);
        expect(shares.reduce((sum, rows) => sum + rows, 0)).toBeLessThanOrEqual(Math.max(0, room));
        shares.forEach((rows, index) => expect(rows === 0 || rows >= (parts[index]?.least ?? 0)).toBe(true));
      }),
    );
  });

  it("stacks blocks, never taller than there is room", () => {
    const block = (rank: number, text: string, least = 1) => ({ rank, least, wanted: Infinity, draw: (rows: number) => Array.from({ length: rows + 2 }, () => row(text)) });
    expect(stack([block(1, "a"), block(0, "b"), block(2, "c", 3)], 4).map(textOf)).toEqual(["a", "a", "b", "b"]);
  });

  it("counts columns that fit", () => {
    expect([10, 61, 62, 200].map((width) => columnsThatFit(width, 30, 3, 2))).toEqual([1, 1, 2, 3]);
  });
});

describe("a history", () => {
  it("is drawn in dots from the bottom up, the newest on the right", () => {
    expect(history([0, 0.25, 0.5, 0.75, 1], 3)).toEqual(["⠀⣠⣾"]);
    expect(history([1, 1], 1, 2)).toEqual(["⣿", "⣿"]);
    expect(history([0.5, 0.5], 1, 2)).toEqual(["⠀", "⣿"]);
    expect(history([0.01, Number.NaN], 1)).toEqual(["⡀"]);
  });

  it("has the given size with any values", () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.nat(20), fc.integer({ min: 1, max: 4 }), (values, width, height) => {
        const rows = history(values, width, height);
        expect(rows).toHaveLength(height);
        for (const text of rows) expect(text).toMatch(new RegExp(`^[\u2800-\u28ff]{${width}}$`));
      }),
    );
  });

  it("has stand-ins in ASCII", () => {
    expect(["⠀", "⡀", "⣿"].map(asciiBraille)).toEqual([" ", ".", "#"]);
  });
});
