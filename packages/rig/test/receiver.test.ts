import { contractOsc, plainTargetView } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import { readMessage, sendMessage, testPattern } from "../src/receiver/index.ts";

it("the pattern moves one argument at a time, from its lowest value to its highest", () => {
  const steps = testPattern(contractOsc, { ...plainTargetView, shape: "flat", only: ["/audio/hit/*", "/karaoke/line/*"] });
  expect(steps.map(({ as }) => as)).toEqual(["/audio/hit/kick", "/audio/hit/snare", "/audio/hit/hat", "/karaoke/line/active/index"]);
  expect(steps.map((step) => [step.values(0), step.values(0.5), step.values(1)])).toEqual([
    [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
    [[-1], [249], [-1]],
  ]);
});

it("a message as a person types it arrives; a port where nobody listens says so", async () => {
  const read = readMessage("/composition/layer", ["7", "f:7", "s:8", "on"]);
  if (!read.ok) throw new Error(read.error);
  const received: unknown[] = [];
  const receiver = await createReceiver({ port: 0 });
  receiver.on("message", ({ address, tags, args }) => received.push([address, tags, [...args]]));
  const place = { host: "127.0.0.1", port: receiver.port };
  expect(await sendMessage(place, read.bytes)).toEqual({ refused: false, problem: "" });
  await waitFor("the message", () => received.length > 0);
  expect(received).toEqual([["/composition/layer", "ifss", [7, 7, "8", "on"]]]);
  await receiver.close();
  expect(await sendMessage(place, read.bytes)).toEqual({ refused: true, problem: "" });
});

it.each(["", "audio", "/a b", "/a/*", "/a//b", "/"])("an address that cannot be sent to is refused: %j", (address) => {
  expect(readMessage(address, [])).toMatchObject({ ok: false, error: expect.stringContaining("is not an OSC address") });
});
