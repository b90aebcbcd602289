import { expect, it } from "vitest";
import { createEchoGuard, portRefusal } from "../src/echo-guard.ts";
import type { EchoTarget } from "../src/echo-guard.ts";
import { createRelay } from "../src/relay.ts";

const settings = { enable_spectrum: false, enable_bpm: true, enable_pitch: true, enable_structure: true };

it("passes on the messages of another analyzer, but none that are switched off, and no more than an analyzer sends", () => {
  const sent: string[] = [];
  const relay = createRelay({ send: (address) => void sent.push(address) }, () => settings);
  const beat = { address: "/audio/beat", args: { beat: 1, flux: 0.5 } } as const;
  const bpm = { address: "/audio/bpm", args: { tempo: 120, confidence: 1 } } as const;
  expect([relay(beat, 0), relay(bpm, 0)]).toEqual([true, true]);
  const flood = Array.from({ length: 100 }, () => relay(beat, 50)).filter(Boolean);
  expect(flood.length).toBeGreaterThanOrEqual(10);
  expect(flood.length).toBeLessThan(20);
  expect(relay(bpm, 60)).toBe(true);
  expect(relay(beat, 101)).toBe(true);
  const args = Object.fromEntries(Array.from({ length: 32 }, (_, bin) => [`bin_${bin}` as const, 0]));
  expect(relay({ address: "/audio/spectrum", args }, 101)).toBe(false);
  settings.enable_bpm = false;
  expect(relay(bpm, 101)).toBe(false);
  expect(sent).not.toContain("/audio/spectrum");
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
