import { readSettingValue } from "@vj/rig/setting-words";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withTexts } from "../src/text-values.ts";
import { parseInteger, parseNames, parseValues } from "../src/values.ts";

describe("parseValues", () => {
  it("parses JSON and keeps anything else as text", () => {
    expect(parseValues(["a=true", "b=false", "c=0.5", "d=-3", "e=null", 'f={"x":[1]}', 'g="5"', "h=Night Train", "i=", "j=1.2.3", "k=x=y"])).toEqual({
      a: true, b: false, c: 0.5, d: -3, e: null, f: { x: [1] }, g: "5", h: "Night Train", i: "", j: "1.2.3", k: "x=y",
    });
  });

  it.each(["level", "=1", ""])("refuses %j and shows how to write it", (word) => {
    expect(() => parseValues([word])).toThrow(`cannot read "${word}"`);
  });

  it("makes the path of a file of this folder absolute, and no other", () => {
    const here = path.relative(process.cwd(), import.meta.filename);
    expect(readSettingValue(`file:${here}`)).toBe(`file:${import.meta.filename}`);
    for (const text of ["file:no/such.wav", "file:/a.wav", "file:~/a.wav", here]) expect(readSettingValue(text)).toBe(text);
  });

  it("keeps what looks like a number in other notations as text", () => {
    expect([readSettingValue("0x10"), readSettingValue("NaN"), readSettingValue("01"), readSettingValue("True")]).toEqual(["0x10", "NaN", "01", "True"]);
  });
});

describe("values for a schema", () => {
  it("are the text that was typed where it wants a text, and stay as they are elsewhere", () => {
    const words = ["artist=311", "title=true", "list=[1]", "count=5", "quoted=\"7\"", "unknown=1", "any=1"];
    const schema = { properties: { artist: { type: "string" }, title: { type: "string" }, list: { type: "string" }, count: { type: "integer" }, quoted: { type: "string" }, any: {} } };
    expect(withTexts(words, parseValues(words), schema)).toEqual({ artist: "311", title: "true", list: "[1]", count: 5, quoted: "7", unknown: 1, any: 1 });
    expect(withTexts(words, parseValues(words), undefined)).toEqual(parseValues(words));
    expect(withTexts(["a=1"], { a: 1 }, { properties: { a: { anyOf: [{ type: "string" }, { type: "null" }] } } })).toEqual({ a: 1 });
  });
});

describe("parseInteger", () => {
  it("takes numbers within the bounds only", () => {
    expect(parseInteger("9000", 1, 65_535)).toBe(9000);
    for (const text of ["0", "65536", "1.5", "-1", "x", "", " 1"]) expect(() => parseInteger(text, 1, 65_535)).toThrow("from 1 to 65535");
  });
});

it("parseNames reads a list and drops empty names", () => {
  expect(parseNames("a, b,,c")).toEqual(["a", "b", "c"]);
  for (const text of ["", ",", " , "]) expect(() => parseNames(text)).toThrow("does not name a worker");
});
