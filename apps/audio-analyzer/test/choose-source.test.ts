import { describe, expect, it } from "vitest";
import { chooseSource } from "../src/capture/choose-source.ts";
import type { Surroundings } from "../src/capture/choose-source.ts";
import type { DeviceInfo } from "../src/capture/device-info.ts";
import { ListDevicesError } from "../src/capture/list-devices.ts";

const input = (name: string, isDefault = false): DeviceInfo => ({
  name,
  hostApi: "Core Audio",
  channels: 2,
  sampleRate: 48_000,
  isDefault,
});

const surroundings = (more: Partial<Surroundings>): Partial<Surroundings> => ({
  platform: "darwin",
  listDevices: async () => [],
  delivers: async () => false,
  ...more,
});

const notLoaded = async (): Promise<never> => {
  throw new ListDevicesError("module", "sound devices cannot be used directly: no bindings", { fix: "build it" });
};

describe("chooseSource, automatically", () => {
  it("takes a loopback device before the default input", async () => {
    const listDevices = async (): Promise<DeviceInfo[]> => [input("Microphone", true), input("BlackHole 2ch")];
    const { source, chosenBy, note } = await chooseSource({ kind: "auto" }, surroundings({ listDevices }));
    expect([source.kind, source.name, chosenBy, note]).toEqual(["device", "BlackHole 2ch", "pattern", ""]);
  });

  it("reports it when it captures the default input", async () => {
    const listDevices = async (): Promise<DeviceInfo[]> => [input("USB"), input("Microphone", true)];
    const { source, note } = await chooseSource({ kind: "auto" }, surroundings({ listDevices }));
    expect(source.name).toBe("Microphone");
    expect(note).toBe("no loopback device found");
  });

  it("takes the first command that delivers where the native module cannot be loaded, and reports why", async () => {
    const tried: string[] = [];
    const delivers: Surroundings["delivers"] = async ([program]) => {
      tried.push(program);
      return program === "sox";
    };
    const { source, note, chosenBy } = await chooseSource({ kind: "auto" }, surroundings({ listDevices: notLoaded, delivers }));
    expect([source.kind, chosenBy]).toEqual(["command", "command"]);
    expect(tried).toEqual(["ffmpeg", "sox"]);
    expect(note).toMatch(/no bindings$/);
  });

  it("also tries the commands when there are no devices, and plays the demo signal when none delivers", async () => {
    const { source, note, chosenBy } = await chooseSource({ kind: "auto" }, surroundings({}));
    expect([source.kind, chosenBy]).toEqual(["demo", "fallback"]);
    expect(note).toBe("no sound device found");
  });
});

describe("chooseSource, on request", () => {
  it.each([
    [{ kind: "device", match: "BlackHole" }, "device", "BlackHole"],
    [{ kind: "device", match: /hole/i }, "device", "/hole/"],
    [{ kind: "command", words: ["parec", "-d", "x"] }, "command", "parec -d x"],
    [{ kind: "file", path: "/a.wav" }, "file", "/a.wav"],
    [{ kind: "demo" }, "demo", "demo signal"],
    [{ kind: "none" }, "none", "none"],
  ] as const)("%o", async (spec, kind, name) => {
    const { source, chosenBy } = await chooseSource(spec, surroundings({ listDevices: notLoaded }));
    expect([source.kind, source.name, chosenBy]).toEqual([kind, name, "exact"]);
  });
});
