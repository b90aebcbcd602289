import { contractOsc, defineOscTable, placed, unit } from "@vj/schema";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { FlashGuard } from "../../src/view/flash-guard.ts";
import { shapes } from "../../src/view/shapes.ts";
import { checked } from "./checked.ts";

const strength = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
/** Frames of beat, drop and three drums, 1 to 60 ms apart. */
const frames = fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 60 }), beat: fc.integer({ min: 0, max: 1 }), drop: fc.integer({ min: 0, max: 1 }), kick: strength, snare: strength, hat: strength, level: strength }), { maxLength: 200 });

interface Sent {
  at: number;
  key: string;
  light: string | undefined;
  value: number;
}

function guarded(stream: typeof frames extends fc.Arbitrary<infer T> ? T : never, shape: "packed" | "flat"): Sent[] {
  const guard = new FlashGuard();
  const sent: Sent[] = [];
  let at = 0;
  for (const { afterMs, beat, drop, kick, snare, hat, level } of stream) {
    at += afterMs;
    const messages = [
      checked("/audio/beat", [beat, level]),
      checked("/audio/structure", [0, drop, 0, level]),
      checked("/audio/onset", [kick, snare, hat]),
    ].flatMap((message) => shapes[shape](message));
    for (const message of messages.map((one) => guard.limit(one, at))) {
      for (const [index, argument] of message.definition.args.entries()) {
        const value = message.values[index];
        if (typeof value === "number") sent.push({ at, key: `${message.address} ${argument.name}`, light: argument.light, value });
      }
    }
  }
  return sent;
}

/** When each flash of any address was over: from off to on and back. */
function flashEnds(sent: readonly Sent[]): number[] {
  const on = new Set<string>();
  return sent.filter(({ light }) => light === "flash").flatMap(({ at, key, value }) => {
    if (value > 0) {
      on.add(key);
      return [];
    }
    return on.delete(key) ? [at] : [];
  });
}

describe("the flash guard", () => {
  it.each(["packed", "flat"] as const)("lets at most three flashes of all %s addresses together end in any second", (shape) => {
    fc.assert(
      fc.property(frames, (stream) => {
        const ends = flashEnds(guarded(stream, shape));
        const fourths = ends.slice(3).map((end, index) => end - (ends[index] ?? end));
        expect(fourths.filter((apart) => apart <= 1000)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("never leaves a flash on that is off, and never makes one", () => {
    fc.assert(
      fc.property(frames, (stream) => {
        const flashes = guarded(stream, "packed").filter(({ light }) => light === "flash");
        const wanted = stream.flatMap(({ beat, drop, kick, snare, hat }) => [beat, 0, drop, kick, snare, hat]);
        for (const [index, { value }] of flashes.entries()) expect(value).toBeLessThanOrEqual(wanted[index] ?? 0);
      }),
    );
  });

  it("limits how fast a brightness changes", () => {
    fc.assert(
      fc.property(frames, (stream) => {
        const last = new Map<string, Sent>();
        const slopes = guarded(stream, "flat").filter(({ light }) => light === "brightness").map((one) => {
          const before = last.get(one.key) ?? one;
          last.set(one.key, one);
          return Math.abs(one.value - before.value) - (one.at - before.at) / 1000;
        });
        expect(slopes.filter((excess) => excess > 1e-9)).toEqual([]);
      }),
    );
  });

  it("lets quiet music pass as it is: two beats a second, and what is still on when there is room", () => {
    const guard = new FlashGuard();
    const beat = (on: number, at: number): unknown => guard.limit(checked("/audio/beat", [on, 0]), at).values[0];
    for (let n = 0; n < 20; n += 1) expect([beat(1, n * 500), beat(0, n * 500 + 17)]).toEqual([1, 0]);
    const drop = (on: number, at: number): unknown => guard.limit(checked("/audio/structure", [0, on, 0, 0]), at).values[1];
    for (let n = 0; n < 3; n += 1) expect([beat(1, 20_000 + n * 40), beat(0, 20_020 + n * 40)]).toEqual([1, 0]);
    expect([drop(1, 20_130), drop(1, 20_500), drop(1, 21_200), drop(0, 21_300)]).toEqual([0, 0, 1, 0]);
  });

  it("leaves phases, counters, tempo and texts alone", () => {
    const guard = new FlashGuard();
    for (const [address, values] of [["/audio/phase", [0.9, 0.1, 3]], ["/audio/bpm", [174, 1]], ["/karaoke/line/active", [7]], ["/karaoke/refrain/active", [1, "x"]]] as const) {
      expect(contractOsc[address]).toBeDefined();
      const message = checked(address, values);
      expect(guard.limit(message, 0)).toBe(message);
      expect(guard.limit(message, 1)).toBe(message);
    }
  });

  it("brings every brightness to where it is wanted when nothing newer comes", () => {
    const guard = new FlashGuard();
    const table = defineOscTable({ "/lamp": { args: [placed(unit("level"), { light: "brightness" })], kind: "state", description: "" } });
    const lamp = (level: number, at: number): unknown => guard.limit(checked("/lamp", [level], table), at).values[0];
    expect([lamp(1, 0), lamp(0, 100)]).toEqual([1, expect.closeTo(0.9)]);
    const later: unknown[] = [];
    for (let now = guard.nextDue; now !== undefined; now = guard.nextDue) later.push(...guard.due(now).flatMap(({ values }) => values));
    expect(later).toHaveLength(18);
    expect(later.at(-1)).toBe(0);
    expect(guard.due(100_000)).toEqual([]);
  });

  it("counts an event as a flash of its own, which cannot block the others for ever", () => {
    const guard = new FlashGuard();
    const table = defineOscTable({ "/strobe": { args: [placed(unit("strength"), { light: "flash" })], kind: "event", description: "" } });
    const strobe = (at: number): unknown => guard.limit(checked("/strobe", [1], table), at).values[0];
    expect([0, 10, 20, 30, 1100, 1110, 1120, 1130].map(strobe)).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
    expect(guard.nextDue).toBeUndefined();
  });

  it("lets nothing flash within the second after another guard, and brightness go on from there", () => {
    const [first, second] = [new FlashGuard(), new FlashGuard()];
    expect(first.limit(checked("/audio/energy", [1, 0]), 0).values).toEqual([1, 0]);
    second.follow(first, 100);
    expect(second.limit(checked("/audio/energy", [0, 0]), 200).values).toEqual([expect.closeTo(0.8), 0]);
    const beat = (at: number): unknown => [1, 0].map((on, index) => second.limit(checked("/audio/beat", [on, 0]), at + index).values[0]);
    expect([200, 1100, 1200].map(beat)).toEqual([[0, 0], [0, 0], [1, 0]]);
  });

  it("shows one who joins what the others see", () => {
    const guard = new FlashGuard();
    guard.limit(checked("/audio/energy", [1, 0]), 0);
    guard.limit(checked("/audio/energy", [0, 0]), 100);
    expect(guard.shown(checked("/audio/energy", [0, 0.5])).values).toEqual([expect.closeTo(0.9), 0]);
    expect(guard.shown(checked("/audio/onset", [1, 1, 1])).values).toEqual([0, 0, 0]);
  });
});
