import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import {
  contractOsc,
  defineOscTable,
  isProcessName,
  isWorkerName,
  matchesAddress,
  oscTags,
  parseTargets,
  sanitizeText,
  text,
} from "../src/index.ts";

describe("worker names", () => {
  it("tells workers from client-side endpoints", () => {
    expect(isWorkerName("audio_analyzer")).toBe(true);
    expect(isWorkerName("audio_client")).toBe(false);
    expect(isWorkerName("test_worker")).toBe(false);
    for (const bad of ["", "../x", "A", "a/b", "a.b", "9a", "a".repeat(49), "constructor"]) expect(isProcessName(bad)).toBe(false);
  });
});

describe("the OSC tables", () => {
  it("carry the tags of the contract", () => {
    const tags = Object.fromEntries(Object.entries(contractOsc).map(([address, entry]) => [address, oscTags(entry)]));
    expect(tags).toMatchObject({
      "/audio/levels": "ffffffff",
      "/audio/spectrum": "f".repeat(32),
      "/audio/beat": "if",
      "/audio/bpm": "ff",
      "/audio/pitch": "ff",
      "/audio/structure": "iiff",
      "/audio/phase": "ffi",
      "/audio/bar": "iiff",
      "/audio/phrase": "iif",
      "/audio/section": "sf",
      "/audio/tempo": "fifi",
      "/audio/onset": "fff",
      "/audio/silence": "i",
      "/audio/energy": "ff",
      "/karaoke/track": "issssfi",
      "/karaoke/pos": "fi",
      "/karaoke/lyrics/reset": "",
      "/karaoke/lyrics/line": "ifs",
      "/karaoke/line/active": "i",
      "/karaoke/refrain/line": "ifs",
      "/karaoke/refrain/active": "is",
      "/karaoke/keywords/reset": "[s]",
      "/karaoke/keywords/active": "is",
      "/karaoke/categories/mood": "s",
      "/karaoke/categories/uplifting": "f",
      "/karaoke/image": "s",
      "/karaoke/image/clear": "",
      "/karaoke/image/opacity": "f",
      "/karaoke/image/fade": "i",
      "/playback/spotify/track": "issssfi",
      "/playback/virtualdj/pos": "fi",
    });
  });

  it("refuse what OSC 1.0 forbids", () => {
    expect(() => defineOscTable({ "no/slash": { args: [], kind: "event", description: "" } })).toThrow(/not an OSC address/);
    expect(() => defineOscTable({ "no/slash": { args: [], kind: "event", description: "" } })).toThrow(expect.objectContaining({ name: "ContractError", code: "address" }));
    expect(() => defineOscTable({ "/a b": { args: [], kind: "event", description: "" } })).toThrow(/not an OSC address/);
    expect(() =>
      defineOscTable({ "/a": { args: [{ ...text("x"), optional: true }, text("y")], kind: "event", description: "" } }),
    ).toThrow(/only the last/);
  });
});

describe("parseTargets", () => {
  it("reads a list, IPv6 in brackets", () => {
    expect(parseTargets("127.0.0.1:9000, [::1]:7000").map(({ host, port }) => [host, port])).toEqual([
      ["127.0.0.1", 9000],
      ["::1", 7000],
    ]);
  });
  it("shortens the name of a long address alone", () => {
    const host = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff%eth0";
    expect(parseTargets(`[${host}]:9000`)).toMatchObject([{ host, port: 9000, name: expect.stringMatching(/^\[2001:db8.*…$/) }]);
  });
  it("names the part that it cannot read", () => {
    for (const bad of ["nonsense", "a:0", "a:70000", ":9000", "127.0.0.1:9000,b:x", `${"x".repeat(10_000)}:9`]) {
      expect(() => parseTargets(bad)).toThrow(/^cannot read the OSC target ".{1,100}": (write|the port|a part)/);
    }
    for (const bad of ["x", "127.0.0.1:9000,".repeat(65)]) expect(() => parseTargets(bad)).toThrow(expect.objectContaining({ code: "targets" }));
    expect(() => parseTargets("127.0.0.1:9000,".repeat(65))).toThrow("65 OSC targets are too many: give at most 64");
  });
});

describe("matchesAddress", () => {
  it("takes exact addresses and prefixes", () => {
    expect(matchesAddress("/audio/beat", undefined)).toBe(true);
    expect(matchesAddress("/audio/beat", ["/audio/*"])).toBe(true);
    expect(matchesAddress("/audio/beat", ["/audio/beat"])).toBe(true);
    expect(matchesAddress("/audio/beats", ["/audio/beat"])).toBe(false);
  });
});

describe("sanitizeText", () => {
  it("removes escape sequences, controls and invisible characters", () => {
    expect(sanitizeText("\u001b[31mred\u001b[0m")).toBe("red");
    expect(sanitizeText("\u001b]0;title\u0007x")).toBe("x");
    expect(sanitizeText("\u001b]52;c;aGk=\u001b\\x")).toBe("x");
    expect(sanitizeText("\u009b2Jx")).toBe("x");
    expect(sanitizeText("a\nb\tc")).toBe("a b c");
    expect(sanitizeText("a\u202eb\u200bc")).toBe("abc");
    expect(sanitizeText("恋の歌 naïve")).toBe("恋の歌 naïve");
  });
  it("removes what the plain description of escape sequences removes", () => {
    // Short, but quadratic in hostile texts.
    const sequences =
      /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]/g;
    const invisible = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
    const plain = (value: string): string =>
      value.replace(sequences, "").replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/g, " ").replace(invisible, "");
    const piece = fc.constantFrom(
      ...["\u001b", "\u001b[", "\u009b", "\u001b]", "\u001bP", "\u0090", "\u009d", "\u009e", "\u0098", "\u0007", "\u009c", "\u001b\\"],
      ...["[", "]", "\\", "0", ";", "?", " ", "/", "m", "~", "a", "é", "😀", "\n", "\u0000", "\u202e"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(sanitizeText(pieces.join(""))).toBe(plain(pieces.join("")));
      }),
      { numRuns: 3000 },
    );
  });
  it.each(["\u001b]", "\u009d", "\u001b[0", "\u009b0", "\u001b ", "\u001b", "\u0090a", "\u001b]a\u001bX", "\t", "\u200b", "a"])(
    "takes time in proportion to the length of a text, a million characters of %j", (part) => {
      const size = 1_000_000;
      // Only an escape that closes nothing follows: every sequence searches that far for its end.
      const hostile = `${part.repeat(Math.ceil(size / part.length)).slice(0, size)}\u001b!`;
      expect(sanitizeText(hostile, size)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    },
    20_000,
  );
  it("does not cut in the middle of a character", () => {
    expect(sanitizeText("😀😀😀", 2)).toBe("😀…");
  });
  it("leaves no control character, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => !/[\u0000-\u001f\u007f-\u009f]/.test(sanitizeText(value))),
    );
  });
});
