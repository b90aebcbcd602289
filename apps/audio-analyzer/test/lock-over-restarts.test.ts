import { writeFileSync } from "node:fs";
import type { KeptBeat, TempoControl } from "@vj/audio";
import { tempDir, waitFor } from "@vj/test-kit";
import { expect, it } from "vitest";
import type { Pipeline } from "../src/pipeline.ts";
import { hostUs } from "../src/tempo/host-time.ts";
import { createLockKeeper } from "../src/tempo/kept-lock.ts";
import { createLockOverRestarts } from "../src/tempo/lock-over-restarts.ts";

/** A pipeline whose stream is now at 2 s, locked at 120 BPM, its last beat 0.1 s ago; its frames leave so many ms after their time in the stream. */
function pipelineWith(zero: number): { pipeline: Pipeline; restored: KeptBeat[]; state: { timed: boolean } } {
  const restored: KeptBeat[] = [];
  const state = { timed: false };
  const kept: KeptBeat = { locked: true, sinceLast: 0.1, untilNext: 0.4, interval: 0.5, place: 2, metre: 4 };
  const tempo: Partial<TempoControl> = {
    view: () => ({ by: "tap", bpm: 120, locked: true, next: 2.4, ownBpm: 0, ownLate: 0, inMusic: false }),
    keep: () => kept,
    restore: (beat) => restored.push(beat),
  };
  const pipeline: Partial<Pipeline> = { tempo: () => tempo as TempoControl, steadyTime: (seconds) => seconds * 1000 + zero, timed: () => state.timed };
  return { pipeline: pipeline as Pipeline, restored, state };
}

it("a lock from before a restart has its exact place once the frames' way out is known, and is not kept before", async () => {
  await using dir = tempDir();
  const zero = performance.now() - 2000;
  const { pipeline, restored, state } = pipelineWith(zero);
  // A beat leaves 30 ms from where the stream is at 2.4 s.
  const beat = hostUs(zero + 2430);
  writeFileSync(dir.join("tempo-lock.json"), JSON.stringify({ bpm: 120, beat_us: beat, place: 4, metre: 4, at: Date.now() / 1000 }));
  const file = createLockKeeper(dir.path, expect.fail);
  const lock = createLockOverRestarts(dir.path, () => {});
  lock.take(pipeline);
  expect(restored).toHaveLength(1);
  lock.keep(pipeline);
  expect(restored).toHaveLength(1);
  expect(file.read()?.beat_us).toBe(beat);
  state.timed = true;
  lock.keep(pipeline);
  expect(restored).toHaveLength(2);
  expect(restored[1]?.untilNext).toBeCloseTo(0.43, 4);
  expect(restored[1]).toMatchObject({ place: 3, metre: 4 });
  await waitFor("the lock as it is now", () => file.read()?.beat_us === hostUs(zero + 2400));
  expect(restored).toHaveLength(2);
});

it("a key pressed meanwhile counts more than the lock from before", async () => {
  await using dir = tempDir();
  const { pipeline, restored, state } = pipelineWith(performance.now() - 2000);
  writeFileSync(dir.join("tempo-lock.json"), JSON.stringify({ bpm: 120, beat_us: hostUs(performance.now()), place: 1, metre: 4, at: Date.now() / 1000 }));
  const lock = createLockOverRestarts(dir.path, () => {});
  lock.take(pipeline);
  lock.pressed();
  state.timed = true;
  lock.keep(pipeline);
  expect(restored).toHaveLength(1);
});
