import { audioOsc, contractOsc, defineOscTable, float, int, oscTags, text } from "@vj/schema";
import type { OscAddress, OscTable, OscValues } from "@vj/schema";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../src/index.ts";
import { golden } from "./golden.ts";

const table = defineOscTable({
  "/a": { args: [int("whole"), float("real"), text("words")], kind: "event", description: "" },
  "/bounded": { args: [int("low", 0), float("high", "s", 0, 1)], kind: "event", description: "" },
  "/capped": { args: [{ name: "n", tag: "f", max: 3 }], kind: "event", description: "" },
});

function errorOf(definition: OscAddress, values: OscValues): string {
  const encoded = encode("/x", definition, values);
  return encoded.ok ? "" : encoded.error;
}

const contract: OscTable = contractOsc;

describe("bytes of the contract", () => {
  it("has a golden message for every address", () => {
    expect(Object.keys(golden).sort()).toEqual(Object.keys(contractOsc).sort());
  });

  it.each(Object.entries(golden))("%s", (address, { tags, values, hex }) => {
    const definition = contract[address];
    expect(definition && oscTags(definition).replaceAll(/[[\]]/g, "")).toBe(tags);
    const encoded = encode(address, definition ?? table["/a"], values);
    expect(encoded.ok && Buffer.from(encoded.bytes).toString("hex")).toBe(hex);
  });
});

describe("encode", () => {
  it("keeps the tag of the table whatever the value looks like", () => {
    const decoded = decode(Buffer.from(bytesOf("/audio/bpm", audioOsc["/audio/bpm"], [120, 1])));
    expect(decoded.ok && decoded.messages.map(({ tags, args }) => [tags, args])).toEqual([["ff", [120, 1]]]);
  });

  it("takes typed arrays, which the audio path reuses", () => {
    const decoded = decode(bytesOf("/audio/energy", audioOsc["/audio/energy"], new Float32Array([0.5, 0.25])));
    expect(decoded.ok && decoded.messages[0]?.args).toEqual([0.5, 0.25]);
  });

  it("lets the optional last argument be left out", () => {
    const definition = contractOsc["/karaoke/keywords/reset"] ?? table["/a"];
    expect(decode(bytesOf("/r", definition, []))).toMatchObject({ messages: [{ tags: "" }] });
    expect(decode(bytesOf("/r", definition, ["song"]))).toMatchObject({ messages: [{ tags: "s" }] });
  });

  it("leaves NUL characters out of texts", () => {
    const decoded = decode(bytesOf("/a", table["/a"], [1, 2, "a\0b\0"]));
    expect(decoded.ok && decoded.messages[0]?.args[2]).toBe("ab");
  });

  it.each<[string, OscValues, RegExp]>([
    ["too few", [1, 2], /takes 3 arguments, got 2/],
    ["too many", [1, 2, "x", 3], /takes 3 arguments, got 4/],
    ["a text for an int", ["1", 2, "x"], /whole must be a finite number, got "1"/],
    ["a float for an int", [1.5, 2, "x"], /whole must be a whole number of 32 bits, got 1.5/],
    ["an int beyond 32 bits", [2 ** 31, 2, "x"], /whole must be a whole number of 32 bits/],
    ["NaN", [1, Number.NaN, "x"], /real must be a finite number, got NaN/],
    ["Infinity", [1, Infinity, "x"], /real must be a finite number, got Infinity/],
    ["more than a float32 holds", [1, 1e39, "x"], /real must fit into a 32-bit float/],
    ["a number for a text", [1, 2, 3], /words must be a text, got 3/],
  ])("refuses %s", (_, values, reason) => {
    expect(errorOf(table["/a"], values)).toMatch(reason);
  });

  it("limits values to their range", () => {
    const values = (entry: OscAddress, given: number[]): unknown => {
      const encoded = encode("/x", entry, given);
      const decoded = decode(encoded.ok ? encoded.bytes : new Uint8Array());
      return decoded.ok && decoded.messages[0]?.args;
    };
    expect(values(table["/bounded"], [-1, 1.5])).toEqual([0, 1]);
    expect(values(table["/capped"], [4])).toEqual([3]);
  });

  it("gives an error, not an exception, for an address that cannot be written", () => {
    const encoded = encode("/a\0b", table["/capped"], [1]);
    expect(encoded).toMatchObject({ ok: false, error: expect.stringContaining("cannot be encoded") });
  });

  it("round-trips any value that fits", () => {
    fc.assert(
      fc.property(fc.integer(), fc.float({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: "grapheme" }), (whole, real, words) => {
        const decoded = decode(bytesOf("/a", table["/a"], [whole, real, words]));
        expect(decoded.ok && decoded.messages[0]?.args).toEqual([whole === 0 ? 0 : whole, real, words.replaceAll("\0", "")]);
      }),
    );
  });
});

function bytesOf(address: string, definition: OscAddress, values: OscValues): Uint8Array {
  const encoded = encode(address, definition, values);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.bytes;
}
