import { targetsInputSchema } from "@vj/schema";
import type { TargetInput } from "@vj/schema";
import { expect, it } from "vitest";
import { presetHint, presetNamed, sharingPlace, targetKeys } from "../src/targets/target-keys.ts";

it.each([
  ["only=/audio/*", { only: ["/audio/*"] }],
  ["not=/audio/spectrum/*, /karaoke/*,", { not: ["/audio/spectrum/*", "/karaoke/*"] }],
  ['only=["/a"]', { only: ["/a"] }],
  ["only=null", { only: null }],
  ["rename=/audio/level/bass:/layer/1,/audio/hit/*:/drums/*", { rename: [{ from: "/audio/level/bass", to: "/layer/1" }, { from: "/audio/hit/*", to: "/drums/*" }] }],
  ["rename=/audio/level/bass", { rename: ["/audio/level/bass"] }],
  ["name=a,b", { name: "a,b" }],
  ["host=127.1", { host: "127.1" }],
  ["host=null", { host: null }],
  ["port=09000", { port: 9000 }],
  ["port=9e3", { port: 9000 }],
  ["rate=30", { rate: 30 }],
])("%s is read as a person means it", (word, keys) => {
  expect(targetKeys([word])).toEqual(keys);
});

it("a name that is nearly that of a preset, or a preset that is nearly one, is answered with it", () => {
  expect([presetNamed("Resolume"), presetNamed("resolum")]).toEqual(["resolume", undefined]);
  expect(presetHint("resolum", undefined)).toContain("vj target add resolume;");
  expect(presetHint("wall", "touchdesigne")).toContain("the preset touchdesigner");
  expect([presetHint("magic", undefined), presetHint("lamp over there", undefined), presetHint("wall", "unity")]).toEqual([undefined, undefined, undefined]);
});

it("targets of one place are found, also by the port of their presets; one that is off counts for neither", () => {
  const list = (...targets: Record<string, unknown>[]): readonly TargetInput[] => targetsInputSchema.parse({ targets }).targets;
  const targets = list({ name: "default", port: 9000 }, { name: "u", preset: "unity" }, { name: "far", port: 9000, host: "10.0.0.1" }, { name: "off", port: 9000, enabled: false });
  expect(targets.map((target) => sharingPlace(target, targets))).toEqual([["u"], ["default"], [], []]);
});
