import { createListeners } from "@vj/schema";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BeatTimer, nextBeat } from "../../src/protocols/os2l/beat-timer.ts";
import type { RigTempoEvents } from "../../src/rig-tempo/rig-tempo-out.ts";
import { nowUs } from "../../src/tempo.ts";
import type { RigTempo } from "../../src/tempo.ts";

const at120: RigTempo = { bpm: 120, beat: 0, atUs: 0, metre: 4, barKnown: true, barBeats: 8, by: 1, live: true };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("calls each beat once, though the line trembles by 30 ms, 60 times a second", () => {
  const { on, emit } = createListeners<RigTempoEvents>();
  const beats: number[] = [];
  const began = nowUs();
  let current = { ...at120, atUs: began };
  const timer = new BeatTimer({ get current() { return current; }, on }, () => 0, (beat) => void beats.push(beat));
  for (let n = 0; n < 600; n += 1) {
    vi.advanceTimersByTime(1000 / 60);
    current = { ...at120, atUs: began + ((n * 7919) % 60_001) - 30_000 };
    emit("tempo", current);
  }
  timer.close();
  expect(beats.length).toBeGreaterThanOrEqual(19);
  expect(beats).toEqual(beats.map((_, index) => (beats[0] ?? 0) + index));
});

it("leaves out beats of a stall", () => {
  expect(nextBeat(at120, 10.2e6, 2e6)).toBe(21);
});

it("does not repeat a beat of a line that has moved back", () => {
  expect(nextBeat({ ...at120, atUs: 30_000 }, 10_000, 0)).toBe(1);
});
