import { createAudioFrame, sectionNames } from "@vj/audio";
import { audioOsc } from "@vj/schema";
import type { OscTable, OscValues } from "@vj/schema";
import { encode } from "@vj/telemetry";
import { describe, expect, it } from "vitest";
import { createPublisher } from "../src/publish.ts";
import { createSwitchedStates } from "../src/switched-states.ts";
import type { PublishSettings } from "../src/switches.ts";

const table: OscTable = audioOsc;
const everything = { enable_spectrum: true, enable_bpm: true, enable_pitch: true, enable_structure: true };

/** Publishes a number of frames; returns the sent messages, and the states that are repeated. `settings` of each frame. */
function publish(frames: number, settings: PublishSettings | ((index: number) => PublishSettings), change: (index: number) => Partial<ReturnType<typeof createAudioFrame>>) {
  const sent: { address: string; values: number[]; texts: unknown[] }[] = [];
  const repeated = new Set<string>();
  const send = (address: string, values: OscValues): void => {
    const definition = table[address];
    if (definition === undefined) throw new Error(`${address} is not in the table`);
    expect(encode(address, definition, values)).toMatchObject({ ok: true });
    sent.push({ address, values: Object.values(values).map(Number), texts: Object.values(values) });
    if (definition.kind === "state") repeated.add(address);
  };
  const frame = createAudioFrame();
  let now = typeof settings === "function" ? settings(1) : settings;
  const states = createSwitchedStates({ send, forget: (address) => void repeated.delete(address) }, () => now);
  const publisher = createPublisher(send, states, () => now);
  for (let index = 1; index <= frames; index += 1) {
    Object.assign(frame, { index }, change(index));
    const before = now;
    now = typeof settings === "function" ? settings(index) : settings;
    if (now !== before) states.look();
    publisher(frame);
  }
  const count = (address: string): number => sent.filter((message) => message.address === address).length;
  return { sent, count, repeated };
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

  it.each([
    ["enable_structure", { ...everything, enable_structure: false }, ["/audio/phrase", "/audio/section"]],
    ["enable_bpm", { ...everything, enable_bpm: false }, ["/audio/phrase"]],
  ])("says once that states are not known when %s is switched off, repeats them no longer, and sends them at once when it is on again", (_, off, addresses) => {
    const known = { section: "drop", sectionConfidence: 0.5, phraseBar: 3, phraseSince: 7, phraseConfidence: 1 } as const;
    const of = (frames: number) => {
      const { sent, repeated } = publish(frames, (index) => (index > 10 && index <= 20 ? off : everything), () => known);
      const values = Object.fromEntries(addresses.map((address) => [address, sent.filter((message) => message.address === address).map(({ texts }) => texts)]));
      return { values, repeated: addresses.filter((address) => repeated.has(address)) };
    };
    const lasting = { "/audio/phrase": [3, 7, 1], "/audio/section": ["drop", 0.5] };
    const gone = { "/audio/phrase": [0, 0, 0], "/audio/section": ["silence", 0] };
    const each = (...states: (typeof lasting)[]) => Object.fromEntries(addresses.map((address) => [address, states.map((state) => Object.entries(state).find(([name]) => name === address)?.[1])]));
    expect(of(10)).toEqual({ values: each(lasting), repeated: addresses });
    expect(of(20)).toEqual({ values: each(lasting, gone), repeated: [] });
    expect(of(21)).toEqual({ values: each(lasting, gone, lasting), repeated: addresses });
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

it("the analyzer has the sections of the contract, in its order", () => {
  expect(table["/audio/section"]?.args[0]?.choices).toEqual(sectionNames);
});
