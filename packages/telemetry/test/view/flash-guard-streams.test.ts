import { contractOsc, resolveTarget, targetInputSchema } from "@vj/schema";
import type { OscAddress, TargetView } from "@vj/schema";
import { fc } from "@vj/test-kit/properties";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { outgoingArguments } from "../../src/index.ts";
import { rendering } from "../../src/view/render.ts";
import { View } from "../../src/view/view.ts";
import { checked, read } from "./checked.ts";

/** One number of a receiver, each time it changes hands. */
interface Seen {
  readonly key: string;
  readonly at: number;
  readonly value: number;
}

const table: Readonly<Record<string, OscAddress>> = contractOsc;
/** All addresses whose numbers somebody may hang a light on, and one of each other kind. */
const addresses = [...Object.keys(table).filter((address) => table[address]?.args.some(({ light }) => light !== undefined)), "/audio/phase", "/karaoke/refrain/active", "/karaoke/image/clear"];

const level = fc.oneof(fc.constantFrom(0, 0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
/** Values of an address: beats and hits mostly jump. */
function valuesOf(address: string): fc.Arbitrary<(string | number)[]> {
  return fc.tuple(...(table[address]?.args ?? []).map(({ tag }) => (tag === "s" ? fc.constantFrom("", "la") : level.map((value) => (tag === "i" ? Math.round(value) : value)))));
}
const flashing = addresses.filter((address) => table[address]?.args.some(({ light }) => light === "flash"));
const message = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...flashing) }, { weight: 1, arbitrary: fc.constantFrom(...addresses) }).chain((address) => valuesOf(address).map((values) => ({ address, values })));
const stream = fc.array(fc.record({ afterMs: fc.oneof({ weight: 6, arbitrary: fc.constant(16) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 400 }) }), messages: fc.array(message, { minLength: 1, maxLength: 6 }) }), { minLength: 1, maxLength: 120, size: "max" });
const settings = fc.record({
  shape: fc.constantFrom("packed", "flat", "textler"),
  rate: fc.constantFrom(undefined, 5, 30),
  on_change: fc.boolean(),
  // Two hits on one lamp.
  rename: fc.constantFrom([], [{ from: "/audio/hit/kick", to: "/lamp" }, { from: "/audio/hit/snare", to: "/lamp" }]),
});

/** Numbers of a target, by outgoing address and place in its message, that flash or are brightness. */
function lights(view: TargetView): Map<string, "flash" | "brightness"> {
  const found = new Map<string, "flash" | "brightness">();
  const places = new Map<string, number>();
  for (const { address, argument, as } of outgoingArguments(table, view)) {
    const place = view.shape === "flat" ? 0 : (places.get(as) ?? 0);
    places.set(as, place + 1);
    const light = table[address]?.args.find(({ name }) => name === argument)?.light;
    if (light !== undefined) found.set(`${as} ${place}`, light);
  }
  return found;
}

async function received(view: TargetView, given: typeof stream extends fc.Arbitrary<infer T> ? T : never): Promise<Seen[]> {
  const seen: Seen[] = [];
  const take = (bytes: Uint8Array): void => {
    for (const [address, , ...values] of read([bytes])) {
      for (const [place, value] of values.entries()) if (typeof value === "number") seen.push({ key: `${address} ${place}`, at: performance.now(), value });
    }
  };
  const open = new View(view, { send: (sent) => sent.forEach(take), sendStream: take, onFault: () => {}, onOversize: () => {} });
  for (const { afterMs, messages } of given) {
    await vi.advanceTimersByTimeAsync(afterMs);
    for (const { address, values } of messages) open.send(rendering(checked(address, values)));
  }
  await vi.advanceTimersByTimeAsync(3000);
  open.close();
  return seen;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("whatever all addresses of a safe target send together, in any shape, rate and under any name", () => {
  it("at most three flashes end within any second, and no brightness changes faster than 1 per second", async () => {
    await fc.assert(
      fc.asyncProperty(settings, stream, async (keys, given) => {
        const view = resolveTarget(targetInputSchema.parse({ name: "t", port: 1, safe: true, ...keys })).view;
        const kinds = lights(view);
        const seen = await received(view, given);
        const on = new Set<string>();
        const ends: number[] = [];
        const last = new Map<string, Seen>();
        const tooFast: Seen[] = [];
        for (const one of seen) {
          const kind = kinds.get(one.key);
          const before = last.get(one.key);
          last.set(one.key, one);
          if (kind === "flash" && one.value > 0) on.add(one.key);
          else if (kind === "flash" && on.delete(one.key)) ends.push(one.at);
          else if (kind === "brightness" && before !== undefined && Math.abs(one.value - before.value) > (one.at - before.at) / 1000 + 1e-6) tooFast.push(one);
        }
        expect(ends.slice(3).filter((end, index) => end - (ends[index] ?? 0) <= 1000)).toEqual([]);
        expect(tooFast).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
