import { fc } from "@vj/test-kit/properties";
import { processorTime } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { literalPrefix, oscPattern } from "../src/index.ts";

function compile(pattern: string): { matches: (address: string) => boolean; fault: string } {
  try {
    return { matches: oscPattern(pattern), fault: "" };
  } catch (error) {
    return { matches: () => false, fault: String(error) };
  }
}

describe("an OSC pattern", () => {
  it.each([
    ["/audio/beat", ["/audio/beat"], ["/audio/beats", "/audio", "x/audio/beat"]],
    ["/audio/*", ["/audio/beat", "/audio/hit/kick"], ["/audio", "/karaoke/pos"]],
    ["/*/pos", ["/karaoke/pos"], ["/a/b/pos", "/karaoke/pos/x"]],
    ["/audio/b??", ["/audio/bpm"], ["/audio/beat", "/audio/b/m"]],
    ["/karaoke/{pos,track}", ["/karaoke/pos", "/karaoke/track"], ["/karaoke/posi", "/karaoke/{pos,track}"]],
    ["/layer/[1-3]/x", ["/layer/2/x"], ["/layer/4/x", "/layer/12/x"]],
    ["/layer/[!1-3]", ["/layer/4"], ["/layer/2", "/layer/"]],
    ["/a.b/c+", ["/a.b/c+"], ["/aXb/c", "/a.b/cc"]],
    ["*", ["/anything/at/all"], []],
  ])("%s", (pattern, matching, others) => {
    const matches = oscPattern(pattern);
    expect(matching.filter((address) => !matches(address))).toEqual([]);
    expect(others.filter((address) => matches(address))).toEqual([]);
  });

  it.each(["/*a*a*a*a*a*a*a*a*b", `/${"*?".repeat(40)}X`, `/{a,b}${"*?".repeat(30)}q`])("takes no time to speak of for %s", async (pattern) => {
    const used = await processorTime(() => expect(oscPattern(pattern)(`/${"a".repeat(500)}`)).toBe(false));
    expect(used).toBeLessThan(1000);
  });

  it("says where a bracket is left open", () => {
    expect(() => oscPattern("/a/[1-3")).toThrow(expect.objectContaining({ name: "ContractError", code: "pattern" }));
    expect(() => oscPattern("/a/[3-1]")).toThrow(expect.objectContaining({ code: "pattern" }));
    expect(() => oscPattern("/a/[1-3")).toThrow('"/a/[1-3" opens [ at character 4');
  });

  it("is a valid expression whatever is typed, quick, and begins with its literal part", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("/", "a", "*", "?", "[", "]", "{", "}", "!", "-", "\\", "^", ",", "z"), maxLength: 60 }), fc.string({ maxLength: 60 }), (pattern, address) => {
        const { matches, fault } = compile(pattern);
        expect(fault).toMatch(/^$|does not close it|runs backwards/);
        expect(!matches(address) || address.startsWith(literalPrefix(pattern))).toBe(true);
      }),
    );
  });
});
