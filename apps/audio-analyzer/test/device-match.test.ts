import { describe, expect, it } from "vitest";
import type { DeviceInfo } from "../src/capture/device-info.ts";
import { chooseDevice, findDevice } from "../src/capture/device-match.ts";

const device = (name: string, more: Partial<DeviceInfo> = {}): DeviceInfo => ({
  name,
  hostApi: "ALSA",
  channels: 2,
  sampleRate: 44_100,
  isDefault: false,
  ...more,
});

const microphone = device("Built-in Microphone", { isDefault: true });

describe("chooseDevice", () => {
  // Loopback devices of each system, best first.
  it.each([
    ["darwin", ["BlackHole 16ch", "BlackHole 2ch"], "BlackHole 2ch"],
    ["darwin", ["BlackHole 64ch", "BlackHole 16ch"], "BlackHole 16ch"],
    ["darwin", ["Loopback Audio", "BlackHole 64ch"], "BlackHole 64ch"],
    ["darwin", ["VB-Cable", "Loopback Audio 2"], "Loopback Audio 2"],
    ["darwin", ["Soundflower (2ch)", "VB-Cable"], "VB-Cable"],
    ["darwin", ["Background Music", "Soundflower (64ch)", "Soundflower (2ch)"], "Soundflower (2ch)"],
    ["darwin", ["iShowU Audio Capture", "Background Music"], "Background Music"],
    ["darwin", ["Aggregate with BlackHole", "VB-Cable"], "Aggregate with BlackHole"],
    ["linux", ["pulse", "Monitor of Built-in Audio"], "Monitor of Built-in Audio"],
    ["linux", ["default", "alsa_output.pci.analog-stereo.monitor"], "alsa_output.pci.analog-stereo.monitor"],
    ["linux", ["default", "pulse"], "pulse"],
    ["linux", ["Loopback: PCM (hw:2,0)", "Loopback: PCM (hw:2,1)"], "Loopback: PCM (hw:2,1)"],
    ["win32", ["CABLE Output (VB-Audio Virtual Cable)", "Speakers (Realtek) [Loopback]"], "Speakers (Realtek) [Loopback]"],
    ["win32", ["Stereo Mix (Realtek)", "VoiceMeeter Output (VB-Audio)"], "VoiceMeeter Output (VB-Audio)"],
    ["win32", ["Mikrofon", "Stereomix (Realtek)"], "Stereomix (Realtek)"],
    ["win32", ["Microfone", "Mixagem estéreo (Realtek)"], "Mixagem estéreo (Realtek)"],
    ["win32", ["Mikrofon", "Miks stereo (Realtek)"], "Miks stereo (Realtek)"],
  ])("%s: of %j takes %j", (platform, names, best) => {
    const chosen = chooseDevice([microphone, ...names.map((name) => device(name))], platform);
    expect(chosen).toMatchObject({ device: { name: best }, chosenBy: "pattern" });
  });

  it("uses the monitor of a sound server", () => {
    expect(chooseDevice([device("pulse")], "linux")?.pattern?.monitor).toBe(true);
    expect(chooseDevice([device("Monitor of x")], "linux")?.pattern?.monitor).toBeUndefined();
  });

  it("takes the default input when nothing loops back, then the first, then none", () => {
    expect(chooseDevice([device("USB"), microphone], "darwin")).toMatchObject({ device: microphone, chosenBy: "default" });
    expect(chooseDevice([device("USB")], "darwin")).toMatchObject({ device: { name: "USB" }, chosenBy: "default" });
    expect(chooseDevice([], "darwin")).toBeUndefined();
  });

  it("does not treat another system's names as loopbacks", () => {
    expect(chooseDevice([device("pulse"), microphone], "darwin")?.chosenBy).toBe("default");
  });

  it("prefers the sound system with the least delay", () => {
    const names = ["MME", "Windows DirectSound", "Windows WASAPI"].map((hostApi) => device("CABLE Output", { hostApi }));
    expect(chooseDevice(names, "win32")?.device.hostApi).toBe("Windows WASAPI");
  });
});

describe("findDevice", () => {
  const devices = [device("BlackHole 2ch"), device("BlackHole 16ch"), device("CABLE Output (VB-Audio Virtual")];

  it.each<[string | RegExp, string | undefined]>([
    ["blackhole 16CH", "BlackHole 16ch"],
    ["BlackHole", "BlackHole 2ch"],
    ["Hole 2ch", undefined],
    [/16/, "BlackHole 16ch"],
    [/usb/i, undefined],
  ])("%s", (match, name) => {
    expect(findDevice(devices, match)?.name).toBe(name);
  });
});
