import { readdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { defineOscTable, int, resolveTarget, targetInputSchema } from "@vj/schema";
import type { Target } from "@vj/schema";
import { needs, waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { createReceiver, createTelemetry } from "../src/index.ts";

const table = defineOscTable({ "/show/count": { args: [int("number")], kind: "stream", rate: 60, description: "Counts" } });
const changes = 1000;
const target = (keys: object): Target => resolveTarget(targetInputSchema.parse(keys));
const descriptors = (): number => readdirSync("/proc/self/fd").length;

/** What a person may do to a target in a show: other places, shapes, names and rates, off and on, away and back. */
function changed(round: number, ports: readonly number[]): Target[] {
  const port = ports[round % ports.length];
  const kinds = [
    [target({ name: "restless", port })],
    [target({ name: "restless", port, shape: "flat", rate: 10 })],
    [target({ name: "restless", port, enabled: false })],
    [target({ name: "restless", host: "localhost", port, rename: [{ from: "/show/*", to: `/round${round}/*` }], safe: true })],
    [],
    [target({ name: `renamed ${round}`, port, prefix: "/x", on_change: true })],
  ];
  return kinds[round % kinds.length] ?? [];
}

it("settings of one target changed a thousand times cost the others no message, and leave no descriptor", needs("proc"), async () => {
  const [one, other, first, second] = await Promise.all([createReceiver(), createReceiver(), createReceiver(), createReceiver()]);
  const seen = [one, other].map((receiver) => {
    const numbers: unknown[] = [];
    receiver.on("message", ({ address, args }) => void (address.startsWith("/show/") && numbers.push(args[0])));
    return numbers;
  });
  const fixed = [target({ name: "one", port: one.port }), target({ name: "other", port: other.port, text: "ascii" })];
  const telemetry = createTelemetry({ table, targets: fixed });
  await telemetry.settled();
  await setImmediate();
  const before = descriptors();
  for (let round = 0; round < changes; round += 1) {
    telemetry.setTargets([...changed(round, [first.port, second.port]), ...fixed]);
    telemetry.send("/show/count", [round]);
    // The others are read while it goes on, as in a show.
    await setImmediate();
  }
  telemetry.setTargets(fixed);
  const all = Array.from({ length: changes }, (_, index) => index);
  await waitFor("the last message", () => seen.every((numbers) => numbers.length >= changes));
  expect(seen).toEqual([all, all]);
  await waitFor("no socket left", () => descriptors() <= before);
  expect(telemetry.stats().targets.map(({ sent, errors, dropped }) => [sent, errors, dropped])).toEqual([[changes, 0, 0], [changes, 0, 0]]);
  await Promise.all([telemetry.close(), one.close(), other.close(), first.close(), second.close()]);
});
