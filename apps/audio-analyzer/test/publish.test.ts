import { createAudioFrame } from "@vj/audio";
import { audioOsc } from "@vj/schema";
import type { OscTable, OscValues } from "@vj/schema";
import { encode } from "@vj/telemetry";
import { describe, expect, it } from "vitest";
import { createPublisher } from "../src/publish.ts";
import type { PublishSettings } from "../src/publish.ts";

const table: OscTable = audioOsc;
const everything = { enable_spectrum: true, enable_bpm: true, enable_pitch: true, enable_structure: true };

/** Publishes a number of frames; returns the sent messages. */
function publish(frames: number, settings: PublishSettings, change: (index: number) => Partial<ReturnType<typeof createAudioFrame>>) {
  const sent: { address: string; values: number[] }[] = [];
  const send = (address: string, values: OscValues): void => {
    const definition = table[address];
    if (definition === undefined) throw new Error(`${address} is not in the table`);
    expect(encode(address, definition, values)).toMatchObject({ ok: true });
    sent.push({ address, values: Object.values(values).map(Number) });
  };
  const frame = createAudioFrame();
  const publisher = createPublisher(send, () => settings);
  for (let index = 1; index <= frames; index += 1) {
    Object.assign(frame, { index }, change(index));
    publisher(frame);
  }
  const count = (address: string): number => sent.filter((message) => message.address === address).length;
  return { sent, count };
}

describe("publisher", () => {
  it("sends each address at its own rate", () => {
    const { count } = publish(600, everything, () => ({}));
    for (const [address, { kind, rate = 0 }] of Object.entries(table)) {
      expect([address, count(address)]).toEqual([address, kind === "state" ? 1 : 10 * rate]);
    }
  });

  it("does not send addresses that are switched off", () => {
    const off = { enable_spectrum: false, enable_bpm: false, enable_pitch: false, enable_structure: false };
    const addresses = new Set(publish(120, off, () => ({})).sent.map(({ address }) => address));
    expect([...addresses].sort()).toEqual(["/audio/beat", "/audio/energy", "/audio/levels", "/audio/onset", "/audio/silence", "/audio/smooth"]);
  });

  it("sends silence only when it changes", () => {
    const { sent } = publish(100, everything, (index) => ({ silence: index >= 40 && index < 70 ? 1 : 0 }));
    expect(sent.filter(({ address }) => address === "/audio/silence").map(({ values }) => values)).toEqual([[0], [1], [0]]);
  });

  it("puts every value in its place", () => {
    const values = {
      beat: 1,
      flux: 0.1,
      kick: 0.2,
      snare: 0.3,
      hat: 0.4,
      energyFast: 0.5,
      energySlow: 0.6,
      phase: 0.7,
      barPhase: 0.8,
      beatInBar: 3,
      metre: 4,
      barConfidence: 0.625,
      bpm: 128,
      bpmConfidence: 0.9,
      tempo: 128.01,
      beats: 77,
      tempoBy: "link",
      pitchHz: 440,
      pitchConfidence: 0.25,
      buildup: 1,
      drop: 0,
      trend: -0.5,
      brightness: 0.75,
    } as const;
    const { sent } = publish(60, everything, () => values);
    const last = new Map(sent.map((message) => [message.address, message.values]));
    expect(last.get("/audio/beat")).toEqual([1, 0.1]);
    expect(last.get("/audio/onset")).toEqual([0.2, 0.3, 0.4]);
    expect(last.get("/audio/energy")).toEqual([0.5, 0.6]);
    expect(last.get("/audio/phase")).toEqual([0.7, 0.8, 3]);
    expect(last.get("/audio/bar")).toEqual([4, 3, 0.8, 0.625]);
    expect(last.get("/audio/tempo")).toEqual([128.01, 77, 0.7, 3]);
    expect(last.get("/audio/bpm")).toEqual([128, 0.9]);
    expect(last.get("/audio/pitch")).toEqual([440, 0.25]);
    expect(last.get("/audio/structure")).toEqual([1, 0, -0.5, 0.75]);
    expect(last.get("/audio/levels")).toHaveLength(8);
    expect(last.get("/audio/spectrum")).toHaveLength(32);
  });
});
