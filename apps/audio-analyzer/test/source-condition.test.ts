import { describe, expect, it } from "vitest";
import type { SourceKind } from "../src/capture/audio-source.ts";
import type { Choice } from "../src/capture/choose-source.ts";
import { sourceCondition } from "../src/source-condition.ts";

const choice = (kind: SourceKind, name: string, chosenBy: Choice["chosenBy"] = "exact", problem = ""): Choice => ({
  chosenBy,
  note: chosenBy === "fallback" ? "no sound device found" : "",
  source: { kind, name, start() {}, stop: async () => {}, status: () => ({ phase: "open", problem }) },
});
const calm = { waiting: undefined, verdict: "ok", hint: "" } as const;

describe("the condition of the analyzer", () => {
  it("is ok while the requested source plays", () => {
    expect(sourceCondition({ ...calm, playing: choice("file", "/a.wav") })).toEqual({ level: "ok", text: 'playing file "/a.wav"' });
    expect(sourceCondition({ ...calm, playing: choice("none", "none") }).level).toBe("ok");
    expect(sourceCondition({ ...calm, playing: choice("osc", "port 9", "exact"), remark: "others send" })).toEqual({ level: "ok", text: "taking the analysis that arrives on UDP port 9", todo: "others send" });
    expect(sourceCondition({ ...calm, playing: undefined }).level).toBe("ok");
  });

  it("is degraded with both names and the reason while one is waited for", () => {
    const condition = sourceCondition({ ...calm, playing: choice("file", "/a.wav"), waiting: choice("device", "Cable", "exact", "no such input") });
    expect(condition).toMatchObject({
      level: "degraded",
      text: 'waiting for device "Cable"; file "/a.wav" plays until it delivers',
      todo: expect.stringContaining("no such input"),
    });
  });

  it("reports that the demo signal replaces a device, and is degraded while no sound arrives", () => {
    expect(sourceCondition({ ...calm, playing: choice("demo", "demo signal", "fallback") })).toMatchObject({ level: "ok", text: "playing the demo signal: no sound device found" });
    const bridged = sourceCondition({ ...calm, playing: choice("demo", "demo signal", "fallback"), waiting: choice("device", "Cable") });
    expect(bridged.text).toBe('waiting for device "Cable"; the demo signal plays until it delivers');
    const gone = sourceCondition({ ...calm, playing: choice("device", "Cable"), verdict: "device_gone", hint: "connect it" });
    expect(gone).toEqual({ level: "degraded", text: 'waiting for device "Cable"; silence until it delivers', todo: "connect it" });
  });
});
