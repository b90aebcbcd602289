import { describe, expect, it } from "vitest";
import { createEchoGuard, portRefusal } from "../src/echo-guard.ts";
import type { EchoTarget } from "../src/echo-guard.ts";
import { createRelay } from "../src/relay.ts";
import { createSwitchedStates } from "../src/switched-states.ts";

const everything = { enable_spectrum: true, enable_bpm: true, enable_pitch: true, enable_structure: true };

function openRelay() {
  const sent: unknown[][] = [];
  const repeated = new Set<string>();
  let settings = everything;
  const telemetry = {
    send: (address: string, args: object) => {
      sent.push([address, ...Object.values(args)]);
      if (["/audio/phrase", "/audio/section"].includes(address)) repeated.add(address);
    },
    forget: (address: string) => void repeated.delete(address),
  };
  const states = createSwitchedStates(telemetry, () => settings);
  const relay = createRelay(telemetry, states, () => settings);
  const set = (changes: Partial<typeof everything>): void => {
    settings = { ...settings, ...changes };
    states.look();
    relay.look();
  };
  return { relay, set, repeated, taken: () => sent.splice(0) };
}

const beatOf = (beat: number, flux = 0.5) => ({ address: "/audio/beat", args: { beat, flux } }) as const;
const bpm = { address: "/audio/bpm", args: { tempo: 120, confidence: 1 } } as const;
const section = { address: "/audio/section", args: { section: "drop", confidence: 1 } } as const;

describe("a relay", () => {
  it("passes on the messages of another analyzer, but none that are switched off", () => {
    const { relay, set, taken } = openRelay();
    set({ enable_spectrum: false });
    relay.take(beatOf(1), 0);
    relay.take(bpm, 0);
    relay.take({ address: "/audio/spectrum", args: Object.fromEntries(Array.from({ length: 32 }, (_, bin) => [`bin_${bin}` as const, 0])) }, 0);
    expect(taken()).toEqual([["/audio/beat", 1, 0.5], ["/audio/bpm", 120, 1]]);
    set({ enable_bpm: false });
    relay.take(bpm, 100);
    expect(taken()).toEqual([]);
  });

  it("sends at most sixty a second of an address, whatever arrives; the newest, and each beat once", () => {
    const { relay, taken } = openRelay();
    // Ten seconds of a thousand a second, a beat in one of 500.
    for (let ms = 0; ms < 10_000; ms += 1) {
      relay.take(beatOf(ms % 500 === 250 ? 1 : 0, ms / 10_000), ms);
      if (ms % 16 === 0) relay.flush(ms);
    }
    relay.flush(10_100);
    const sent = taken();
    expect(sent.length).toBeGreaterThan(590);
    expect(sent.length).toBeLessThan(610);
    expect(sent.filter(([, beat]) => beat === 1)).toHaveLength(20);
    expect(sent.at(-1)?.[2]).toBe(0.9999);
  });

  it("keeps all messages of one that sends sixty a second, in bursts too", () => {
    const { relay, taken } = openRelay();
    for (let frame = 0; frame < 600; frame += 1) {
      const now = Math.ceil(frame / 3) * 50;
      relay.take(beatOf(0, frame / 600), now);
      relay.flush(now);
    }
    expect(taken()).toHaveLength(600);
  });

  it("says that states are not known when they are switched off, and has them again at once", () => {
    const { relay, set, repeated, taken } = openRelay();
    relay.take(section, 0);
    relay.take({ address: "/audio/phrase", args: { bar: 2, since: 5, confidence: 1 } }, 0);
    taken();
    set({ enable_bpm: false });
    expect([taken(), [...repeated]]).toEqual([[["/audio/phrase", 0, 0, 0]], ["/audio/section"]]);
    set({ enable_structure: false });
    relay.take({ ...section, args: { section: "break", confidence: 0.5 } }, 100);
    expect([taken(), [...repeated]]).toEqual([[["/audio/section", "silence", 0]], []]);
    set({ enable_structure: true });
    expect(taken()).toEqual([["/audio/section", "break", 0.5]]);
    set({ enable_bpm: true });
    expect(taken()).toEqual([["/audio/phrase", 2, 5, 1]]);
  });
});

it("a port to which the worker itself sends is not used", () => {
  let targets: EchoTarget[] = [{ host: "tablet", address: "192.168.0.9", port: 9000 }, { host: "slow", address: null, port: 9000 }, { host: "127.0.0.1", address: "127.0.0.1", port: 7000 }];
  let source = "osc:9000";
  const guard = createEchoGuard(() => source, () => targets);
  expect(guard(0)).toBeUndefined();
  targets = [{ host: "my-machine", address: "127.0.1.1", port: 9000 }];
  expect(guard(600)).toContain("UDP port 9000 is also a target");
  source = "demo";
  expect(guard(1200)).toBeUndefined();
  // Before names are resolved.
  expect(["127.0.0.1", "localhost", "0.0.0.0", "10.0.0.1", "tablet"].map((host) => portRefusal(9000, [{ host, address: null, port: 9000 }]) !== undefined)).toEqual([true, true, true, false, false]);
});
