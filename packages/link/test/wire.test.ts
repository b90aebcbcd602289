import { fc } from "@vj/test-kit/properties";
import { advanceSession, answerPing, decodeDiscovery, decodePong, encodeDiscovery, encodePing, foundSession } from "@vj/link";
import type { SessionEvent, SessionState } from "@vj/link";
import { describe, expect, it } from "vitest";

/** `VJ_FUZZ=300000 npx vitest run packages/link/test/wire.test.ts` for more. */
const cases = Number(process.env["VJ_FUZZ"] ?? 20_000);

// Sent by an official peer (3.0.6) on loopback, alone at 133 BPM.
const official = Buffer.from(
  [
    "5f617364705f7601010500004f28716a583b363c",
    "746d6c6e00000018000000000006e238000000000000e7380000000000000000",
    "73657373000000084f28716a583b363c",
    "73747374000000110000000000000000000000000000000000",
    "6d657034000000067f000001c235",
  ].join(""),
  "hex",
);

const id = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const timeline = fc.record({
  microsPerBeat: fc.integer({ min: 60_060, max: 3_000_000 }),
  beatOrigin: fc.integer({ min: -1e12, max: 1e12 }),
  timeOrigin: fc.integer({ min: -1e12, max: 1e12 }),
});
const peer = fc.record({ nodeId: id, sessionId: id, timeline, measuredAt: fc.record({ address: fc.ipV4(), port: fc.integer({ min: 1, max: 65_535 }) }) });

describe("datagrams", () => {
  it("of an official peer are read", () => {
    expect(decodeDiscovery(official)).toEqual({
      type: "alive",
      ttlSec: 5,
      peer: {
        nodeId: "4f28716a583b363c",
        sessionId: "4f28716a583b363c",
        timeline: { microsPerBeat: 451_128, beatOrigin: 59_192, timeOrigin: 0 },
        measuredAt: { address: "127.0.0.1", port: 49_717 },
      },
    });
  });

  it("are read as they were written", () => {
    fc.assert(
      fc.property(peer, fc.constantFrom("alive" as const, "response" as const), fc.integer({ min: 0, max: 255 }), (state, type, ttlSec) => {
        const message = { type, ttlSec, peer: state };
        expect(decodeDiscovery(encodeDiscovery(message))).toEqual(message);
      }),
    );
    expect(decodeDiscovery(encodeDiscovery({ type: "bye", nodeId: "00112233445566ff" }))).toEqual({ type: "bye", nodeId: "00112233445566ff" });
  });

  it("of a measurement carry the ping back", () => {
    const ping = encodePing({ hostTime: 123_456_789, previousSessionTime: 99 });
    const pong = answerPing(ping, "00112233445566ff", 5_000_000);
    expect(pong && decodePong(pong)).toEqual({ hostTime: 123_456_789, previousSessionTime: 99, sessionId: "00112233445566ff", sessionTime: 5_000_000 });
    expect(decodePong(ping)).toBeUndefined();
  });

  it.each([
    ["a tempo of 0", 0, 0, 0],
    ["a negative tempo", -500_000, 0, 0],
    ["a tempo above 999 BPM", 1000, 0, 0],
    ["a beat that no session reaches", 500_000, 8e18, 0],
    ["a time that no session reaches", 500_000, 0, -8e18],
  ])("with %s are refused", (_, ...numbers) => {
    const bytes = Buffer.from(official);
    for (const [index, value] of numbers.entries()) bytes.writeBigInt64BE(BigInt(value), 28 + 8 * index);
    expect(decodeDiscovery(bytes)).toBeUndefined();
  });

  it("that are malformed never throw, and are answered with no more bytes than a pong has", { timeout: 600_000 }, () => {
    const seeds = [official, encodePing({ hostTime: 1 }), answerPing(encodePing({ hostTime: 1 }), "00112233445566ff", 5) ?? official];
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), fc.nat(140), fc.uint8Array({ maxLength: 80 }), (seed, changes, length, tail) => {
        const bytes = Buffer.concat([seed.subarray(0, length), tail]);
        for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        decodePong(bytes);
        expect(answerPing(bytes, "00112233445566ff", 5)?.length ?? 0).toBeLessThan(150);
        const message = decodeDiscovery(bytes);
        if (message === undefined) return;
        const { state } = advanceSession(foundSession("0000000000000001", 120, 0), { type: "received", message, from: { address: "10.0.0.2", port: 1 }, via: "10.0.0.1" }, 10);
        expect(state.timeline.microsPerBeat).toBeGreaterThan(60_000);
      }),
      { numRuns: cases },
    );
  });

  it("of a thousand invented peers fill no memory", () => {
    const state = receive(1000, (number) => `10.0.${number >> 4}.2`);
    expect(state.peers.size).toBe(256);
    expect(advanceSession({ ...state, lastTickAt: 31_000_000 }, { type: "tick" }, 31_000_000).state.peers.size).toBe(0);
  });

  it("of one machine that invents peers leave room for a newcomer on another, whose session is measured before theirs", () => {
    const flooded = receive(1000, () => "10.0.0.2");
    expect(flooded.peers.size).toBe(32);
    const { measurement: _, ...idle } = flooded;
    const { state } = advanceSession(idle, received("00000000000fffff", "10.0.0.3"), 20);
    expect(state.peers.has("00000000000fffff")).toBe(true);
    expect(state.measurement?.nodeId).toBe("00000000000fffff");
  });
});

function received(nodeId: string, address: string): SessionEvent {
  const { timeline } = foundSession(nodeId, 120, 0);
  const peer = { nodeId, sessionId: nodeId, timeline, measuredAt: { address, port: 7 } };
  return { type: "received", message: { type: "alive", ttlSec: 255, peer }, from: { address, port: 1 }, via: "10.0.0.1" };
}

/** A peer that so many others spoke to, each from its address. */
function receive(count: number, addressOf: (number: number) => string): SessionState {
  let state = foundSession("0000000000000001", 120, 0);
  for (let number = 2; number < count + 2; number += 1) ({ state } = advanceSession(state, received(number.toString(16).padStart(16, "0"), addressOf(number)), 10));
  return state;
}
