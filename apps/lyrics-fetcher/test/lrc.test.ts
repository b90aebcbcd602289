import { describe, expect, it } from "vitest";
import { parseLrc } from "../src/lrc.ts";

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
    ["a negative offset: later", "[offset: -500]\n[00:01.00]one", lines([1.5, "one"])],
    ["milliseconds", "[00:01.123]one", lines([1.123, "one"])],
    ["lines in no order", "[00:05.00]b\n[00:01.00]a\n[00:05.00]c", lines([1, "a"], [5, "b"], [5, "c"])],
    ["tags and lines without a stamp", "[ar:Someone]\n[length:03:12]\nno stamp\n[00:01.00]one", lines([1, "one"])],
    ["brackets within the text", "[00:01.00][Chorus] one", lines([1, "[Chorus] one"])],
    ["nothing", "", []],
  ])("with %s", (_, lrc, expected) => {
    expect(parseLrc(lrc)).toEqual(expected);
  });

  it("is bounded: long lines, many lines", () => {
    expect(Buffer.byteLength(parseLrc(`[00:01.00]${"🎵".repeat(9999)}`)[0]?.text ?? "")).toBeLessThan(1400);
    expect(parseLrc("[00:01.00]x\n".repeat(20_000))).toHaveLength(1000);
  });
});
