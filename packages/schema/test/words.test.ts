import fc from "fast-check";
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
    for (const bad of ["", "../x", "A", "a/b", "a.b", "9a", "a".repeat(49)]) expect(isProcessName(bad)).toBe(false);
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
    expect(() => defineOscTable({ "no/slash": { args: [], kind: "event", description: "" } })).toThrow(/no OSC address/);
    expect(() => defineOscTable({ "/a b": { args: [], kind: "event", description: "" } })).toThrow(/no OSC address/);
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
  it("names the part that it cannot read", () => {
    for (const bad of ["nonsense", "a:0", "a:70000", ":9000", "127.0.0.1:9000,b:x"]) {
      expect(() => parseTargets(bad)).toThrow(/cannot read the OSC target/);
    }
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
  it("cuts by characters, not in the middle of one", () => {
    expect(sanitizeText("😀😀😀", 2)).toBe("😀…");
  });
  it("leaves no control character, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => !/[\u0000-\u001f\u007f-\u009f]/.test(sanitizeText(value))),
    );
  });
});
