import { describe, expect, it } from "vitest";
import type { SourceKind } from "../src/capture/audio-source.ts";
import type { Choice } from "../src/capture/choose-source.ts";
import { describeChoice } from "../src/describe-choice.ts";

const choice = (kind: SourceKind, name: string, chosenBy: Choice["chosenBy"], note = ""): Choice => ({
  chosenBy,
  note,
  source: { kind, name, start() {}, stop: async () => {}, status: () => ({ phase: "open", problem: "" }) },
});

describe("the playing source, in words", () => {
  it.each([
    [choice("demo", "demo signal", "fallback", "no sound device found"), "playing the demo signal: no sound device found"],
    [choice("demo", "demo signal", "exact"), "playing the demo signal"],
    [choice("file", "/a.wav", "exact"), 'playing file "/a.wav"'],
    [choice("device", "Mic", "default", "no loopback device found"), 'listening to the default input "Mic": no loopback device found'],
    [choice("command", "parec", "command", "no sound device found"), 'listening to command "parec": no sound device found'],
    [choice("none", "none", "exact"), "no sound"],
  ])("%#", (played, words) => {
    expect(describeChoice(played)).toBe(words);
  });
});
