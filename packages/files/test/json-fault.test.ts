import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { jsonFault } from "../src/json-fault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("what keeps a text from being JSON", () => {
  it.each<[string, string]>([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ['{"a":1,}', "line 1, column 7: the comma before } is one too many"],
    ['{\n  "a": [1,\n  2,\n ]}', "line 3, column 4: the comma before ] is one too many"],
    ['{ // mine\n"a":1}', "line 1, column 3: JSON has no comments"],
    ["{'a':1}", 'line 1, column 2: texts stand in straight double quotes: "…"'],
    ["{a:1}", 'line 1, column 2: the name of a key in double quotes is missing: "name"'],
    ['{"a" 1}', "line 1, column 6: a colon is missing before this"],
    ['{"a":1\r\n"b":2}', "line 2, column 1: a comma is missing before this"],
    ['{"a":"x\n"}', "line 1, column 6: a text without its closing quote, or with a line break or a \\ in it"],
    ['{"a":NaN}', "line 1, column 6: a word that JSON does not have; texts stand in double quotes"],
    ['{"a":}', "line 1, column 6: a value is missing before this"],
    ['{"a":[1', "line 1, column 8: it ends before its last ]"],
    ["{} {}", "line 1, column 4: something follows the end"],
    ["[,1]", "line 1, column 2: a value is missing before this"],
    ["\0", "line 1, column 1: a value is missing before this"],
  ])("%j", (text, fault) => {
    expect(jsonFault(text)).toBe(fault);
  });

  it("is found exactly where JSON.parse finds one, also in a deep text", () => {
    const whole = '{"targets": [{"name": "a\\u00fc", "port": 9001, "safe": true, "rate": -1.5e3}, null, []]}';
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(4), fc.string({ unit: fc.constantFrom(...Array.from("{}[],:\"'\\ntru0.1-e/\n\u0001é ")), maxLength: 4 }), (at, length, put) => {
        const text = whole.slice(0, at) + put + whole.slice(at + length);
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3000 },
    );
    expect(jsonFault("[".repeat(100_000))).toBe("line 1, column 100001: it ends before its last ]");
  });
});
