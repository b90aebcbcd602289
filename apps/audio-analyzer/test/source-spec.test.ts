import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { shellWords } from "../src/capture/shell-words.ts";
import { parseSourceSpec } from "../src/capture/source-spec.ts";

describe("shellWords", () => {
  it.each([
    ["parec -d x", ["parec", "-d", "x"]],
    ["  a \t b\n", ["a", "b"]],
    ["", []],
    [`a 'b c' "d e"`, ["a", "b c", "d e"]],
    [`a"b"'c'`, ["abc"]],
    [`'' ""`, ["", ""]],
    [`a\\ b`, ["a b"]],
    [`"a\\"b\\\\c\\d"`, [`a"b\\c\\d`]],
    [`'a\\b'`, ["a\\b"]],
    ["$HOME *.wav; rm | x", ["$HOME", "*.wav;", "rm", "|", "x"]],
  ])("%j", (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });

  it.each(["a 'b", 'a "b', "a\\"])("refuses %j", (line) => {
    expect(() => shellWords(line)).toThrow(expect.objectContaining({ name: "SoundError", code: "source" }));
  });

  it("reads back any words in single quotes", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
        expect(shellWords(line)).toEqual(words);
      }),
    );
  });
});

describe("parseSourceSpec", () => {
  it.each([
    ["auto", { kind: "auto" }],
    [" demo ", { kind: "demo" }],
    ["none", { kind: "none" }],
    ["device:BlackHole 2ch", { kind: "device", match: "BlackHole 2ch" }],
    ["device:/^black.*/", { kind: "device", match: /^black.*/i }],
    ["device:a/b", { kind: "device", match: "a/b" }],
    ["file:/music/a:b.wav", { kind: "file", path: "/music/a:b.wav" }],
    ["command:parec -d 'my sink'", { kind: "command", words: ["parec", "-d", "my sink"] }],
  ])("%j", (text, spec) => {
    expect(parseSourceSpec(text)).toEqual(spec);
  });

  it.each(["", "Auto", "device:", "file: ", "command:  ", "http://x", "device:/(/", "command:a 'b"])("refuses %j", (text) => {
    expect(() => parseSourceSpec(text)).toThrow(expect.objectContaining({ name: "SoundError", code: "source" }));
  });
});
