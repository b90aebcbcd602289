import { setImmediate } from "node:timers/promises";
import { audioOsc, resolveTarget, targetInputSchema, targetPresets } from "@vj/schema";
import type { OscAddress, OscTable, Target } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { expect, it, vi } from "vitest";
import { createReceiver, createTelemetry } from "../src/index.ts";

const table: OscTable = audioOsc;
const frames = 32;
/** Every preset, then what else a target can have. */
const kinds: readonly object[] = [
  ...Object.keys(targetPresets).map((preset) => ({ preset })),
  { shape: "flat", prefix: "/vj" },
  { shape: "flat", rate: 30 },
  { shape: "flat", rate: 10, on_change: true },
  { shape: "flat", safe: true },
  { shape: "flat", only: ["/audio/hit/*", "/audio/beat/*"] },
  { shape: "flat", not: ["/audio/spectrum/*"], text: "ascii" },
  { shape: "flat", rename: [{ from: "/audio/level/*", to: "/layer/*" }, { from: "/audio/hit/kick", to: "/hit" }, { from: "/audio/hit/snare", to: "/hit" }], on_change: true },
  { shape: "packed", rate: 30 },
  { shape: "packed", safe: true, prefix: "/stage" },
  { shape: "packed", on_change: true, text: "ascii" },
  { shape: "synesthesia", rate: 20 },
  { shape: "synesthesia", prefix: "/vj", safe: true },
  { shape: "textler", rate: 25 },
  { shape: "flat", safe: true, rate: 25, on_change: true },
];

/** What each target gets of the same frames, in hex; the clock is ours, so that rates and slopes fall on the same frames in each run. */
async function received(targets: readonly Target[], ports: ReadonlyMap<number, string[]>): Promise<string[][]> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"], now: 0 });
  const telemetry = createTelemetry({ table, targets });
  try {
    await telemetry.settled();
    for (let frame = 0; frame < frames; frame += 1) {
      for (const [address, definition] of Object.entries(table)) telemetry.send(address, valuesOf(definition, frame));
      await vi.advanceTimersByTimeAsync(1000 / 60);
      // The receivers read meanwhile: none of them has room for all.
      await setImmediate();
    }
    await vi.advanceTimersByTimeAsync(1000);
  } finally {
    vi.useRealTimers();
  }
  const seen = targets.map(({ port }) => ports.get(port) ?? []);
  await waitFor("everything that was sent", () => telemetry.stats().targets.every(({ sent }, index) => sent > 0 && seen[index]?.length === sent));
  await telemetry.close();
  return seen.map((datagrams) => datagrams.splice(0));
}

/** Values that move, rest, flash, and come back, within and at the ends of their ranges. */
function valuesOf({ args }: OscAddress, frame: number): (number | string)[] {
  return args.map(({ tag, min = 0, max = 1 }, index) => {
    if (tag === "s") return frame % 20 < 10 ? "Motörhead" : "break";
    const wave = Math.max(0, Math.sin((frame + 7 * index) / (3 + index)));
    const value = min + (max - min) * (frame % 15 > 11 ? 0 : wave);
    return tag === "i" ? Math.round(value) : value;
  });
}

it("many targets of every shape, preset and rule get, byte for byte, what each of them gets alone", async () => {
  const receivers = await Promise.all(kinds.map(() => createReceiver({ keepLatest: false })));
  const ports = new Map(receivers.map((receiver) => {
    const datagrams: string[] = [];
    receiver.on("packet", (bytes) => void datagrams.push(Buffer.from(bytes).toString("hex")));
    return [receiver.port, datagrams];
  }));
  const targets = kinds.map((keys, index) => resolveTarget(targetInputSchema.parse({ name: `target ${index}`, port: receivers[index]?.port, ...keys })));
  expect(targets.length).toBeGreaterThanOrEqual(32);
  const together = await received(targets, ports);
  for (const [index, target] of targets.entries()) expect([target.name, await received([target], ports)]).toEqual([target.name, [together[index]]]);
  await Promise.all(receivers.map((receiver) => receiver.close()));
});
