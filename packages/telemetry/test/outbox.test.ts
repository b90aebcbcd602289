import { audioOsc } from "@vj/schema";
import { expect, it } from "vitest";
import { createTelemetry } from "../src/index.ts";
import { collect } from "./collect.ts";

it("a turn sends in the order in which it was made, also more than waits at most", async () => {
  await using receiver = await collect();
  await using telemetry = createTelemetry({ table: audioOsc, targets: [{ name: "one", host: receiver.host, port: receiver.port, enabled: true }] });
  await telemetry.settled();
  const count = 300;
  for (let index = 0; index < count; index += 1) telemetry.send("/audio/phrase", [index % 9, index, 0]);
  expect((await receiver.arrived(count)).map(([, , since]) => since)).toEqual(Array.from({ length: count }, (_, index) => index));
});

it("what was sent before targets change, are muted or closed still goes out, and before what the change itself sends", async () => {
  await using receiver = await collect();
  const target = { name: "one", host: receiver.host, port: receiver.port, enabled: true };
  const telemetry = createTelemetry({ table: audioOsc, targets: [target] });
  await telemetry.settled();
  telemetry.send("/audio/silence", [1]);
  telemetry.setTargets([{ ...target, name: "two" }]);
  await telemetry.settled();
  await receiver.arrived(2);
  telemetry.send("/audio/energy", [0.25, 0]);
  const end = telemetry.mute();
  telemetry.send("/audio/energy", [0.5, 0]);
  end();
  telemetry.send("/audio/energy", [0.75, 0]);
  await telemetry.close();
  expect(await receiver.arrived(5)).toEqual([["/audio/silence", 1], ["/audio/silence", 1], ["/audio/energy", 0.25, 0], ["/audio/silence", 1], ["/audio/energy", 0.75, 0]]);
});
