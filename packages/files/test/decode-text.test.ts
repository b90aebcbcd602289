import { writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it, onTestFinished } from "vitest";
import { decodeText, jsonFile, readJson, readText } from "../src/index.ts";

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

describe("bytes that are not text are a fault with its place", () => {
  it.each<[string, Buffer, string]>([
    ["Windows-1252", latin1('{\n  "name": "B\xfchne"\n}'), "line 2, column 13: the byte 0xFC is not UTF-8"],
    ["behind letters of two to four bytes", Buffer.concat([Buffer.from("é€😀\r\nü"), latin1("\xff")]), "line 2, column 2: the byte 0xFF is not UTF-8"],
    ["behind a byte order mark", Buffer.concat([Buffer.from("\uFEFFa"), latin1("\x80")]), "line 1, column 2: the byte 0x80 is not UTF-8"],
    ["behind the sign for a letter that is lost", Buffer.concat([Buffer.from("\uFFFD\uFFFDx"), latin1("\xc3(")]), "line 1, column 4: the byte 0xC3 is not UTF-8"],
    ["a letter that ends with the file", Buffer.from("aé").subarray(0, 2), "line 1, column 2: the byte 0xC3 is not UTF-8"],
    ["half a surrogate pair in UTF-8", latin1("a\xed\xa0\x80"), "line 1, column 2: the byte 0xED is not UTF-8"],
    ["an overlong form", latin1("\xc0\xaf"), "line 1, column 1: the byte 0xC0 is not UTF-8"],
    ["UTF-16 without its mark", Buffer.from("{}", "utf16le"), "line 1, column 2: a NUL character"],
    ["NUL", Buffer.from("a\nb\0"), "line 2, column 2: a NUL character"],
    ["UTF-16 of an odd number of bytes", Buffer.from("\uFEFFab\0", "utf16le").subarray(0, 7), "line 1, column 3: half a character of UTF-16"],
    ["half a surrogate pair in UTF-16", Buffer.from("\uFEFFa\uD800b", "utf16le"), "line 1, column 2: half a character of UTF-16"],
    ["UTF-32", Buffer.from("\uFEFF{\0}\0", "utf16le"), "line 1, column 2: a NUL character"],
  ])("%s", (_name, bytes, fault) => {
    expect(decodeText(bytes)).toEqual({ ok: false, fault });
  });

  it("any text is read as it was written, and any bytes have an answer", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const whole = Buffer.from(text).toString().replaceAll("\0", "").replace(/^\uFEFF/, "");
      expect(decodeText(Buffer.from(whole))).toEqual({ ok: true, text: whole });
      expect(decodeText(Buffer.from(`\uFEFF${whole}`, "utf16le"))).toEqual({ ok: true, text: whole });
    }));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.string(), (bytes, before) => {
      const read = decodeText(Buffer.concat([Buffer.from(before.replaceAll("\0", "")), bytes]));
      expect(read.ok || /^line \d+, column \d+: /.test(read.fault)).toBe(true);
    }));
  });

  it("names the file and what to do", () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const file = dir.join("a.json");
    writeFileSync(file, latin1('{"a": "\xe9"}'));
    const message = `cannot read ${file}: line 1, column 8: the byte 0xE9 is not UTF-8; save it as UTF-8 text, or move it away`;
    for (const read of [() => readText(file), () => jsonFile(file).read()]) expect(read).toThrow(expect.objectContaining({ name: "FileError", code: "not_text", message }));
  });
});

it("JSON has a value, or a fault with its place; however large and deep it is", () => {
  expect(readJson('{"a": [1, "\\ud800"]}')).toEqual({ ok: true, value: { a: [1, "\ud800"] } });
  expect(readJson('{"a": 1\n,}')).toEqual({ ok: false, fault: "it is not JSON: line 2, column 1: the comma before } is one too many" });
  expect(readJson('{"a": 1, "a": 2}')).toEqual({ ok: false, fault: "line 1, column 10: this key stands there a second time; leave one of the two" });
  expect(readJson('{"__proto__": 1, "constructor": 2}').ok).toBe(true);
  expect(readJson("[".repeat(500_000)).ok).toBe(false);
  expect(readJson(`${"[".repeat(500_000)}${"]".repeat(500_000)}`)).toMatchObject({ ok: expect.any(Boolean) });
  expect(readJson(`{"a": "${"x".repeat(1_000_000)}", "a": 1}`)).toEqual({ ok: false, fault: "line 1, column 1000011: this key stands there a second time; leave one of the two" });
});
