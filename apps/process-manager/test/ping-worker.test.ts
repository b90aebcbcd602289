import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ClientEvents } from "@vj/control";
import { createListeners } from "@vj/schema";
import { pingWorker } from "../src/ping-worker.ts";
import type { PingedClient } from "../src/ping-worker.ts";

/** The connection to a worker whose answer the test gives. */
function createLamp() {
  const listeners = createListeners<ClientEvents>();
  const answers: (() => void)[] = [];
  const lamp = { connected: true, hasUnread: false, closed: false };
  const request: PingedClient["request"] = () => new Promise((resolve) => answers.push(() => resolve({ success: true, message: "", data: { status: "running" } })));
  const client = Object.assign(lamp, { request, on: listeners.on, close: async () => void (lamp.closed = true) });
  return { client, answers };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const { client, answers } = createLamp();
  const count = { asked: 0, answered: 0 };
  const end = pingWorker(client, () => 1000, {
    asked: () => (count.asked += 1),
    answered: () => (count.answered += 1),
    heartbeat: () => {},
    lost: () => {},
  });
  return { client, answers, count, end };
}

it("counts no ping while an answer waits to be read: this process is busy, the worker is not silent", async () => {
  const { client, answers, count, end } = start();
  await vi.advanceTimersByTimeAsync(3000);
  expect(count).toEqual({ asked: 3, answered: 0 });
  client.hasUnread = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(count).toEqual({ asked: 3, answered: 0 });
  client.hasUnread = false;
  answers[0]?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(count).toEqual({ asked: 4, answered: 1 });
  end();
});

it("counts pings of a worker that cannot be reached, but sends none; a silent one gets one request, not a backlog", async () => {
  const { client, answers, count, end } = start();
  client.connected = false;
  await vi.advanceTimersByTimeAsync(5000);
  expect([count.asked, answers.length]).toEqual([5, 0]);
  client.connected = true;
  await vi.advanceTimersByTimeAsync(5000);
  expect([count.asked, answers.length]).toEqual([10, 1]);
  end();
  await vi.advanceTimersByTimeAsync(5000);
  expect([count.asked, client.closed]).toEqual([10, true]);
});
