import { expect, it } from "vitest";
import { createTelemetryHub } from "../src/telemetry-hub.ts";

it("asks for as many messages as the listener who wants most of them", () => {
  const hub = createTelemetryHub(() => {});
  const onMessage = (): void => {};
  expect(hub.rate).toBeUndefined();
  hub.add(["/a"], { onMessage, rate: 20 });
  const undo = hub.add(["/b"], { onMessage, rate: 30 });
  expect(hub.rate).toBe(30);
  undo();
  expect(hub.rate).toBe(20);
  const all = hub.add(undefined, { onMessage });
  expect(hub.rate).toBeUndefined();
  all();
  const untap = hub.tap(() => {});
  expect(hub.rate).toBeUndefined();
  untap();
  expect(hub.rate).toBe(20);
});
