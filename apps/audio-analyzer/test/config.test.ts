import { readFileSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { analyzerSettings, audioConfig, effectiveLogLevel, environmentOverrides } from "../src/config.ts";
import { environmentWith } from "../src/environment.ts";
import { importSeedConfig } from "../src/seed-config.ts";

describe("audio configuration", () => {
  it("has a default for every key", () => {
    const config = audioConfig.parse({});
    expect(config).toMatchObject({ audio_source: "auto", enable_bpm: true, enable_spectrum: true, beat_offset_ms: 0 });
    expect(Object.values(analyzerSettings(config))).not.toContain(undefined);
  });

  it("lists the possible audio sources", () => {
    const result = audioConfig.safeParse({ audio_source: "tape" });
    expect(result.error?.issues[0]?.message).toMatch(/"tape" is not an audio source: use auto, device:/);
  });

  it.each([{ beat_offset_ms: 201 }, { beat_offset_ms: -201 }, { smoothing: 1.1 }, { enable_pitch: 1 }, { log_level: "loud" }])(
    "refuses %o",
    (change) => {
      expect(audioConfig.safeParse(change).success).toBe(false);
    },
  );

  it("takes the source from the environment, and leaves an empty variable alone", () => {
    expect(environmentOverrides({ VJ_AUDIO_SOURCE: "demo", VJ_LOG_LEVEL: "WARN" })).toEqual({
      audio_source: { value: "demo", variable: "VJ_AUDIO_SOURCE" },
      log_level: { value: "warn", variable: "VJ_LOG_LEVEL" },
    });
    expect(environmentOverrides({ VJ_AUDIO_SOURCE: "" })).toEqual({});
  });

  it("logs only errors when logging is off", () => {
    const config = audioConfig.parse({ log_level: "debug" });
    expect(effectiveLogLevel(config)).toBe("debug");
    expect(effectiveLogLevel({ ...config, enable_logging: false })).toBe("error");
  });

  it("adds to the environment of children without touching ours", () => {
    expect(environmentWith({ VJ_TEST_ADDED: "1" })).toMatchObject({ VJ_TEST_ADDED: "1", PATH: process.env["PATH"] });
    expect(process.env["VJ_TEST_ADDED"]).toBeUndefined();
  });
});

describe("the older system's configuration", () => {
  const own = "audio_analyzer.json";

  it("is imported when there is none of ours", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join(".vj_audio_config.json"), JSON.stringify({ device_name: " BlackHole 2ch ", auto_select_blackhole: true }));
    expect(await importSeedConfig(dir.path, dir.join("config"), "audio_analyzer")).toMatch(/took the device "BlackHole 2ch"/);
    expect(JSON.parse(readFileSync(dir.join("config", own), "utf8"))).toEqual({ audio_source: "device:BlackHole 2ch" });
    expect(await importSeedConfig(dir.path, dir.join("config"), "audio_analyzer")).toBeUndefined();
  });

  it.each(["{}", '{"device_name": null}', '{"device_name": " "}'])("is left alone when it names no device: %s", async (text) => {
    await using dir = tempDir();
    writeFileSync(dir.join(".vj_audio_config.json"), text);
    expect(await importSeedConfig(dir.path, dir.path, "audio_analyzer")).toBeUndefined();
  });

  it("is left alone when it is missing, and named when it is broken", async () => {
    await using dir = tempDir();
    expect(await importSeedConfig(dir.path, dir.path, "audio_analyzer")).toBeUndefined();
    writeFileSync(dir.join(".vj_audio_config.json"), "{");
    expect(await importSeedConfig(dir.path, dir.path, "audio_analyzer")).toMatch(/could not be taken over/);
  });
});
