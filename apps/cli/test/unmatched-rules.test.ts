import { defineOscTable, float, resolveTarget, targetInputSchema, targetPresetNames, unit } from "@vj/schema";
import { describe, expect, it } from "vitest";
import { sayUnmatched, targetRemarks, unmatchedRules } from "../src/targets/unmatched-rules.ts";

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

  it("name the shape in which they fit", () => {
    expect(said({ not: ["/audio/level/bass"] })).toEqual(["not /audio/level/bass fits no address of this target's shape, but one of the flat shape: set shape=flat"]);
    expect(said({ shape: "flat", only: ["/textler/*"] })).toEqual([expect.stringContaining("the textler shape: set shape=textler")]);
  });

  it("that give two addresses one name are named, and so is a list that lets nothing through", () => {
    const remarks = (keys: object): string[] => targetRemarks(targetInputSchema.parse({ name: "a", port: 1, ...keys }), lamp);
    const both = [{ from: "/audio/level/bass", to: "/x" }, { from: "/audio/level/mid", to: "/x" }];
    expect(remarks({ shape: "flat", rename: both })).toEqual(["/x gets the values of /audio/level/bass, /audio/level/mid: give each an address of its own"]);
    expect(remarks({ shape: "flat", only: ["/audio/level/bass"], rename: both.slice(0, 1) })).toEqual([]);
    expect(remarks({ rename: [{ from: "/audio/levels", to: "/audio/beat" }] })).toEqual(["/audio/beat gets the values of /audio/levels, /audio/beat: give each an address of its own"]);
    expect(remarks({ rename: [{ from: "/audio/*", to: "/sound/*" }] })).toEqual([]);
    expect(remarks({ only: [] })).toEqual(["only is an empty list: nothing is sent; to send everything again: only=null"]);
  });

  it("are never those of a preset", () => {
    for (const preset of targetPresetNames) {
      const input = targetInputSchema.parse({ name: "a", port: 1, preset, only: ["/karaoke/*"] });
      expect(resolveTarget(input).port).toBe(1);
      expect(unmatchedRules(input, {}).filter(({ key }) => key === "rename")).toEqual([]);
    }
  });
});
