import { defineOscTable, float, resolveTarget, targetInputSchema, targetPresetNames, unit } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { sayUnmatched, unmatchedRules } from "../src/targets/unmatched-rules.ts";

const lamp = defineOscTable({ "/lamp/colour": { args: [unit("red"), float("hue")], kind: "stream", description: "A stranger's lamp" } });
const said = (keys: object): string[] => unmatchedRules(targetInputSchema.parse({ name: "a", port: 1, ...keys }), lamp).map(sayUnmatched);

describe("rules of a target", () => {
  it("that fit an address are fine, a stranger's too, in the shape of the target", () => {
    expect(said({ only: ["/audio/*", "/lamp/colour"], not: ["/audio/spectrum"], rename: [{ from: "/lamp/*", to: "/x/*" }] })).toEqual([]);
    expect(said({ shape: "flat", only: ["/audio/level/bass", "/lamp/colour/hue", "/a*"], rename: [{ from: "/audio/level/*", to: "/x/*" }] })).toEqual([]);
    expect(said({ shape: "textler", only: ["/textler/*"] })).toEqual([]);
    expect(said({ shape: "synesthesia", only: ["/audio/hits/bass"] })).toEqual([]);
  });

  it("that fit none are named, with the nearest address there is", () => {
    expect(said({ shape: "flat", only: ["/audio/level/bas"] })).toEqual([expect.stringMatching(/^only \/audio\/level\/bas fits no address that workers send; nearest: \/audio\/level\/bass\b/)]);
    expect(said({ not: ["/lamp/color"] })).toEqual(["not /lamp/color fits no address that workers send; nearest: /lamp/colour"]);
    expect(said({ only: ["/audoi/*"] })[0]).toMatch(/^only \/audoi\/\* fits no address that workers send; nearest: \/audio\/\*/);
    expect(said({ rename: [{ from: "/zzzzzzzzzzzzzzzzzzzzzzz", to: "/b" }] })).toEqual(["rename from /zzzzzzzzzzzzzzzzzzzzzzz fits no address that workers send"]);
    // The name of a message where the target gets its arguments.
    expect(said({ shape: "flat", only: ["/lamp/colour"] })).toEqual(["only /lamp/colour fits no address that workers send; nearest: /lamp/colour/red, /lamp/colour/hue"]);
  });

  it("that rename what is left out before are named", () => {
    expect(said({ only: ["/lamp/*"], rename: [{ from: "/audio/beat", to: "/b" }] })).toEqual(["rename from /audio/beat has no effect: only or not leaves it out"]);
  });

  it("are never those of a preset", () => {
    for (const preset of targetPresetNames) {
      const input = targetInputSchema.parse({ name: "a", port: 1, preset, only: ["/karaoke/*"] });
      expect(resolveTarget(input).port).toBe(1);
      expect(unmatchedRules(input, {}).filter(({ key }) => key === "rename")).toEqual([]);
    }
  });
});
