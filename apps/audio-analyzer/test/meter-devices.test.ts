import { describe, expect, it } from "vitest";
import type { AudioSource } from "../src/capture/audio-source.ts";
import type { DeviceInfo } from "../src/capture/device-info.ts";
import { meterDevices } from "../src/capture/meter-devices.ts";
import type { MeterSurroundings } from "../src/capture/meter-devices.ts";

const device = (name: string, more: Partial<DeviceInfo> = {}): DeviceInfo => ({ name, hostApi: "ALSA", channels: 2, sampleRate: 48_000, isDefault: false, ...more });

/** A machine with these devices, each of them as loud as `loudness` says; left out: it delivers nothing. */
function machine(devices: DeviceInfo[], loudness: Readonly<Record<string, number>>): MeterSurroundings & { opened: string[]; readonly together: number } {
  const opened: string[] = [];
  let open = 0;
  let together = 0;
  return {
    platform: "linux",
    opened,
    get together() {
      return together;
    },
    listDevices: () => Promise.resolve(devices),
    isInstalled: () => false,
    open: ({ name }): AudioSource => ({
      kind: "device",
      name,
      start(onSamples) {
        opened.push(name);
        open += 1;
        together = Math.max(together, open);
        const level = loudness[name];
        if (level === undefined) return;
        onSamples(Float32Array.of(0, -level / 2), 2, 44_100);
        onSamples(Float32Array.of(level, 0.01), 2, 44_100);
      },
      stop: () => {
        open -= 1;
        return Promise.resolve();
      },
      status: () => ({ phase: "opening", problem: loudness[name] === undefined ? "it is in use" : "" }),
    }),
  };
}

describe("the loudness of every input", () => {
  it("is measured, loopback inputs first and marked, then the default one", async () => {
    const inputs = await meterDevices(
      { listenMs: 1, playing: "" },
      machine([device("Webcam"), device("Line", { isDefault: true }), device("Monitor of Speakers")], { Webcam: 0.02, Line: 0, "Monitor of Speakers": 1.7 }),
    );
    expect(inputs.map(({ name, loopback, peak, source }) => [name, loopback, peak, source])).toEqual([
      ["Monitor of Speakers", true, 1, "device:Monitor of Speakers"],
      ["Line", false, 0.01, "device:Line"],
      ["Webcam", false, 0.02, "device:Webcam"],
    ]);
  });

  it("leaves alone what plays now", async () => {
    const place = machine([device("Line"), device("Mic")], { Line: 0.5, Mic: 0.5 });
    const inputs = await meterDevices({ listenMs: 1, playing: "Line" }, place);
    expect(place.opened).toEqual(["Mic"]);
    expect(inputs.find(({ name }) => name === "Line")).toMatchObject({ playing: true, peak: null, problem: "" });
  });

  it("opens three at a time, twelve in all, and closes each", async () => {
    const names = Array.from({ length: 15 }, (_, index) => `input ${index}`);
    const place = machine(names.map((name) => device(name)), Object.fromEntries(names.map((name) => [name, 0.3])));
    const inputs = await meterDevices({ listenMs: 1, playing: "" }, place);
    expect(place.together).toBe(3);
    expect(place.opened).toHaveLength(12);
    expect(inputs.filter(({ peak }) => peak === 0.3)).toHaveLength(12);
    expect(inputs.filter(({ problem }) => problem.includes("too many"))).toHaveLength(3);
  });

  it("names why nothing is measured, and lists programs where devices cannot be opened", async () => {
    const mute = machine([device("Mic")], {});
    expect((await meterDevices({ listenMs: 1, playing: "" }, mute))[0]).toMatchObject({ peak: null, problem: "it is in use" });
    const without = { ...mute, listDevices: () => Promise.reject(new Error("no module")), isInstalled: (program: string) => program === "parec" };
    const [parec] = await meterDevices({ listenMs: 1, playing: "" }, without);
    expect(parec?.source).toMatch(/^command:parec /);
    expect(parec?.loopback).toBe(true);
  });
});
