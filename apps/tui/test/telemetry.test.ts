import { describe, expect, it } from "vitest";
import { audioSource, audioView } from "../src/telemetry/audio.ts";
import { playing } from "../src/telemetry/playing.ts";
import { createMemory, emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { noon, rigAfter, running, show, telemetryOf } from "./rig-fixture.ts";

describe("the sound", () => {
  it("is gone when its stream stops; the tempo stays a little longer", () => {
    expect(audioView(show.telemetry, noon)).toMatchObject({ beat: true, tempo: expect.closeTo(76.9, 1), beatInBar: 3 });
    expect(audioView(show.telemetry, noon + 1500)).toMatchObject({ levels: undefined, beat: false, tempo: expect.closeTo(76.9, 1) });
    expect(audioView(show.telemetry, noon + 4000).tempo).toBeUndefined();
    expect(audioView(emptyTelemetry, noon)).toMatchObject({ levels: undefined, beat: false, tempo: undefined, silent: false });
  });

  it("comes from a source with a name, a verdict and advice", () => {
    const of = (more: object) => audioSource(rigAfter(running("audio_analyzer", more)).workers["audio_analyzer"]);
    expect(of({ source: { kind: "device", name: "BlackHole 2ch", verdict: "silent", verdict_sec: 12, chosen_by: "pattern", sample_rate: 48_000, channels: 2, gain_db: 8.2, waiting_for: "Mixer" } })).toEqual({
      name: "BlackHole 2ch",
      verdict: "silent",
      demo: false,
      since: 12,
      chosenBy: "auto: name match",
      sampleRate: 48_000,
      channels: 2,
      gainDb: 8.2,
      waitingFor: "Mixer",
      advice: "nothing playing?",
    });
    expect(of({ source: { kind: "demo", name: "x", verdict: "ok" } })).toMatchObject({ demo: true, advice: "" });
    expect(of({ device_name: "Loopback" })).toMatchObject({ name: "Loopback", verdict: "" });
    expect(of({})).toBeUndefined();
  });
});

describe("the playing track", () => {
  it("advances between two positions while it plays, and never far without a new one", () => {
    expect(playing(show.telemetry, noon)?.position).toBe(102);
    expect(playing(show.telemetry, noon + 400)?.position).toBeCloseTo(102.4);
    expect(playing(show.telemetry, noon + 60_000)?.position).toBe(104);
  });

  it("is nothing when no source has a track", () => {
    expect(playing(emptyTelemetry, noon)).toBeUndefined();
    expect(playing(telemetryOf([["/karaoke/track", [0, "spotify", "", "", "", 0, 0]]]), noon)).toBeUndefined();
  });
});

describe("lyrics", () => {
  const message = (address: string, tags: string, args: (string | number)[]) => ({ address, tags, args });

  it("are kept in order, replaced line by line, and forgotten with a new song", () => {
    const memory = createMemory();
    memory.take(message("/karaoke/lyrics/line", "ifs", [1, 2, "b"]), noon);
    memory.take(message("/karaoke/lyrics/line", "ifs", [0, 1, "a"]), noon);
    memory.take(message("/karaoke/lyrics/line", "ifs", [1, 2, "B"]), noon);
    memory.take(message("/karaoke/lyrics/line", "s", ["broken"]), noon);
    memory.take(message("/karaoke/lyrics/line", "ifs", [-1, 2, "out of range"]), noon);
    expect(memory.get().lyrics.map(({ text }) => text)).toEqual(["a", "B"]);
    memory.take(message("/karaoke/lyrics/reset", "", []), noon);
    expect(memory.get().lyrics).toEqual([]);
  });
});
