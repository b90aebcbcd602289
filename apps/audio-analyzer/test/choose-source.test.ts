import { waitFor } from "@vj/test-kit";
import { describe, expect, it, vi } from "vitest";
import type { AudioSource } from "../src/capture/audio-source.ts";
import { chooseSource } from "../src/capture/choose-source.ts";
import type { Choice, Surroundings } from "../src/capture/choose-source.ts";
import type { DeviceInfo } from "../src/capture/device-info.ts";
import { ListDevicesError } from "../src/capture/list-devices.ts";
import { createSourceControl } from "../src/source-control.ts";

const input = (name: string, isDefault = false): DeviceInfo => ({
  name,
  hostApi: "Core Audio",
  channels: 2,
  sampleRate: 48_000,
  isDefault,
});

const surroundings = (more: Partial<Surroundings>): Surroundings => ({
  platform: "darwin",
  listDevices: async () => [],
  delivers: async () => false,
  ...more,
});

const notLoaded = async (): Promise<never> => {
  throw new ListDevicesError("module", "sound devices cannot be used directly: no bindings", "build it");
};

describe("chooseSource, automatically", () => {
  it("takes a loopback device before the default input", async () => {
    const listDevices = async (): Promise<DeviceInfo[]> => [input("Microphone", true), input("BlackHole 2ch")];
    const { source, chosenBy, note } = await chooseSource({ kind: "auto" }, surroundings({ listDevices }));
    expect([source.kind, source.name, chosenBy, note]).toEqual(["device", "BlackHole 2ch", "pattern", ""]);
  });

  it("says so when it listens to the default input", async () => {
    const listDevices = async (): Promise<DeviceInfo[]> => [input("USB"), input("Microphone", true)];
    const { source, note } = await chooseSource({ kind: "auto" }, surroundings({ listDevices }));
    expect(source.name).toBe("Microphone");
    expect(note).toMatch(/default input/);
  });

  it("takes the first command that delivers where the native module cannot be loaded, and says why", async () => {
    const tried: string[] = [];
    const delivers: Surroundings["delivers"] = async ([program]) => {
      tried.push(program);
      return program === "sox";
    };
    const { source, note, chosenBy } = await chooseSource({ kind: "auto" }, surroundings({ listDevices: notLoaded, delivers }));
    expect([source.kind, chosenBy]).toEqual(["command", "command"]);
    expect(tried).toEqual(["ffmpeg", "sox"]);
    expect(note).toMatch(/no bindings; using sox/);
  });

  it("also asks the commands when there are no devices, and plays the demo signal when none delivers", async () => {
    const { source, note, chosenBy } = await chooseSource({ kind: "auto" }, surroundings({}));
    expect([source.kind, chosenBy]).toEqual(["demo", "fallback"]);
    expect(note).toBe("there is no sound device; playing the demo signal");
  });
});

describe("chooseSource, as told", () => {
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

describe("source control", () => {
  /** Sources that write down what happens to them; stopping takes a moment. */
  function recorder() {
    const events: string[] = [];
    const choice = (name: string, chosenBy: Choice["chosenBy"] = "exact"): Choice => {
      const source: AudioSource = {
        kind: "file",
        name,
        start: () => events.push(`start ${name}`),
        stop: async () => {
          // A turn of the event loop: whoever does not wait for the end starts before it.
          await new Promise((resolve) => setImmediate(resolve));
          events.push(`stop ${name}`);
        },
        status: () => ({ phase: "open", problem: "" }),
      };
      return { source, chosenBy, note: "" };
    };
    return { events, choice };
  }
  const spec = (path: string) => ({ kind: "file", path }) as const;

  it("never has two sources open, and only the last one asked for stays", async () => {
    const { events, choice } = recorder();
    const control = createSourceControl({
      onSamples: () => {},
      onChoice: () => {},
      choose: async (wanted) => choice(wanted.kind === "file" ? wanted.path : ""),
    });
    control.open(spec("a"));
    await waitFor("a", () => events.includes("start a"));
    control.open(spec("b"));
    control.open(spec("c"));
    await waitFor("c", () => events.includes("start c"));
    await control.close();
    expect(events).toEqual(["start a", "stop a", "start c", "stop c"]);
    expect(control.choice).toBeUndefined();
  });

  it("does not open what was chosen after it was closed, and does not wait for the choice", async () => {
    const { events, choice } = recorder();
    let chosen: (choice: Choice) => void = () => {};
    const control = createSourceControl({
      onSamples: () => {},
      onChoice: () => {},
      choose: () => new Promise((resolve) => (chosen = resolve)),
    });
    control.open(spec("late"));
    await control.close();
    chosen(choice("late"));
    await new Promise((resolve) => setImmediate(resolve));
    await control.close();
    expect(events).toEqual([]);
  });

  it("leaves the demo signal for a device as soon as there is one, and plays it on until then", async () => {
    vi.useFakeTimers();
    try {
      const { events, choice } = recorder();
      const found = [choice("demo", "fallback"), choice("demo", "fallback"), choice("device")];
      const names: string[] = [];
      const control = createSourceControl({
        onSamples: () => {},
        onChoice: ({ source }) => names.push(source.name),
        choose: async () => found.shift() ?? choice("too many"),
      });
      control.open({ kind: "auto" });
      await vi.advanceTimersByTimeAsync(16_000);
      expect(events).toEqual(["start demo"]);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(events).toEqual(["start demo", "stop demo", "start device"]);
      expect(names).toEqual(["demo", "device"]);
      void control.close();
      await vi.advanceTimersByTimeAsync(100);
    } finally {
      vi.useRealTimers();
    }
  });
});
