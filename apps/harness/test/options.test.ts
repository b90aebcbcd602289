import { expect, it } from "vitest";
import { parseCount, parseDuration, parseMinutes } from "../src/options.ts";

it.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["24h", 86_400_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
])("%s is a duration", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it("a duration of zero is refused with that reason, a unit that is missing with how to write it", () => {
  expect(() => parseMinutes("0")).toThrow("longer than 0");
  expect(() => parseDuration("0s")).toThrow("longer than 0");
  expect(() => parseMinutes("soon")).toThrow("write minutes as a number, or a duration");
  expect(() => parseDuration("10")).toThrow("with its unit");
});

it.each(["", "10", "m", "10 m", "-5m", "10x", "10m!", "1e9h", "999h"])("%j is not a duration", (text) => {
  expect(() => parseDuration(text)).toThrow(/write a duration/);
});

it("minutes may be written without a unit", () => {
  expect([parseMinutes("10"), parseMinutes("0.5"), parseMinutes("90s"), parseMinutes("2h")]).toEqual([10, 0.5, 1.5, 120]);
});

it("counts are whole numbers in their range", () => {
  const parse = parseCount(1, 100);
  expect(parse("100")).toBe(100);
  for (const text of ["0", "101", "1.5", "1e2", "-1", "x", ""]) expect(() => parse(text)).toThrow(/from 1 to 100/);
});
