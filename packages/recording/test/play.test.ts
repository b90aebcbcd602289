import { setImmediate, setTimeout as delay } from "node:timers/promises";
import { fc } from "@vj/test-kit/properties";
import { expect, it } from "vitest";
import { createTimeline, play } from "../src/index.ts";
import type { RecordedMessage } from "../src/index.ts";

const channel = { id: 0, schemaId: 0, topic: "/a", encoding: "osc", metadata: new Map<string, string>() };
const at = (ms: number): bigint => 1_700_000_000_000_000_000n + BigInt(Math.round(ms * 1e6));

async function* chunked(times: readonly number[], size: number): AsyncGenerator<RecordedMessage[]> {
  for (let from = 0; from < times.length; from += size) {
    await setImmediate();
    yield times.slice(from, from + size).map((ms) => ({ channel, at: at(ms), published: at(ms), data: new Uint8Array() }));
  }
}

/** Plays on a clock of its own, whose timers come up to 1 ms late. */
async function played(times: readonly number[], speed: number, size = 10): Promise<{ sent: number[]; late: number[] }> {
  let clock = 1000;
  const [sent, late]: [number[], number[]] = [[], []];
  await play(chunked(times, size), {
    timeline: createTimeline(at(0), speed, clock),
    send: (message, lateMs) => {
      sent.push(Number(message.at - at(0)) / 1e6);
      late.push(lateMs);
    },
    now: () => clock,
    wait: async (ms) => void (clock += ms + 0.9),
    signal: new AbortController().signal,
  });
  return { sent, late };
}

it("sends in order, never early by more than half a millisecond, and late only by its timer", async () => {
  const times = Array.from({ length: 500 }, (_, index) => Math.floor(index / 5) * 16.667);
  const { sent, late } = await played(times, 1);
  expect(sent).toEqual(times.map((ms) => Number(at(ms) - at(0)) / 1e6));
  expect(Math.min(...late)).toBeGreaterThanOrEqual(-0.5);
  expect(Math.max(...late)).toBeLessThan(2);
});

it("does not drift, whatever the speed: the last message is as late as the first", async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0.1, max: 50, noNaN: true }), fc.integer({ min: 2, max: 400 }), async (speed, count) => {
      const { late } = await played(Array.from({ length: count }, (_, index) => index * 333.3), speed);
      expect(Math.max(...late)).toBeLessThan(2);
      expect(Math.min(...late)).toBeGreaterThanOrEqual(-0.5001);
    }),
    { numRuns: 50 },
  );
});

it("does not drift in an hour at sixty frames a second: the last minute is as late as the first", async () => {
  const [frames, minute] = [3600 * 60, 60 * 60];
  const { sent, late } = await played(Array.from({ length: frames }, (_, index) => (index * 1000) / 60), 1, 600);
  expect(sent).toHaveLength(frames);
  const mean = (part: readonly number[]): number => part.reduce((sum, ms) => sum + ms, 0) / part.length;
  expect(Math.abs(mean(late.slice(-minute)) - mean(late.slice(0, minute)))).toBeLessThan(0.05);
  expect(late.reduce((worst, ms) => Math.max(worst, ms), 0)).toBeLessThan(2);
});

it("is due exactly when it was received, after an hour and a thousand pauses as at first", () => {
  const timeline = createTimeline(at(0), 1, 5000);
  for (let frame = 0; frame <= 3600 * 60; frame += 1) {
    const ms = (frame * 1000) / 60;
    expect(Math.abs(timeline.due(at(ms)) - (5000 + ms))).toBeLessThan(1e-3);
  }
  let paused = 0;
  for (let round = 0; round < 1000; round += 1) {
    const now = 5000 + round * 3600 + paused;
    timeline.setPaused(true, now);
    timeline.setPaused(false, now + 1.1);
    paused += 1.1;
  }
  expect(Math.abs(timeline.due(at(3_600_000)) - (5000 + 3_600_000 + paused))).toBeLessThan(1e-2);
});

it("on the clock of this machine, something is on time at the end of three seconds as at their begin", async () => {
  const begun = performance.now();
  const late: number[] = [];
  await play(chunked(Array.from({ length: 180 }, (_, index) => (index * 1000) / 60), 15), {
    timeline: createTimeline(at(0), 1, begun),
    send: (_, lateMs) => late.push(lateMs),
    wait: (ms) => delay(ms),
    signal: new AbortController().signal,
  });
  expect(performance.now() - begun).toBeGreaterThan(2970);
  // A busy machine delays some messages; what adds up delays each one of the last second.
  expect(Math.min(...late.slice(-60))).toBeLessThan(30);
});

it("pauses and goes on from there", () => {
  const timeline = createTimeline(at(0), 2, 1000);
  expect(timeline.due(at(500))).toBe(1250);
  timeline.setPaused(true, 1100);
  timeline.setPaused(true, 1150);
  expect(timeline.due(at(500))).toBe(Infinity);
  expect(timeline.position(9999)).toBe(at(200));
  timeline.setPaused(false, 2000);
  expect(timeline.due(at(500))).toBe(2150);
  expect(timeline.position(2050)).toBe(at(300));
});

it("ends at once when it is asked to, and passes on a fault of the file", async () => {
  const stop = new AbortController();
  let sent = 0;
  const options = { timeline: createTimeline(at(0), 1, 0), now: () => 1e9, wait: async () => {}, signal: stop.signal };
  await play(chunked([1, 2, 3, 4], 2), { ...options, send: () => {
    sent += 1;
    stop.abort();
  } });
  expect(sent).toBe(1);
  async function* broken(): AsyncGenerator<RecordedMessage[]> {
    yield* chunked([1], 1);
    throw new Error("unreadable");
  }
  await expect(play(broken(), { ...options, signal: new AbortController().signal, send: () => {} })).rejects.toThrow("unreadable");
});
