import { writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, vi } from "vitest";
import { beatOfLock, createLockKeeper } from "../src/tempo/kept-lock.ts";

const lock = { bpm: 120, beat_us: 50e6, place: 2, metre: 4, at: 1000 };

describe("a locked tempo after a restart", () => {
  it("goes on beat by beat from where it was", () => {
    // 3.2 s are six beats and 0.2 s: beats 3, 4, 1, 2, 3, 4.
    const beat = beatOfLock(lock, 53.2e6, 1003);
    expect(beat).toMatchObject({ locked: true, interval: 0.5, place: 4 });
    expect(beat?.sinceLast).toBeCloseTo(0.2, 6);
    expect(beat?.untilNext).toBeCloseTo(0.3, 6);
  });

  it("goes on from a beat that is still to come", () => {
    expect(beatOfLock(lock, 49.9e6, 1000)).toMatchObject({ place: 1 });
    expect(beatOfLock(lock, 49.9e6, 1000)?.untilNext).toBeCloseTo(0.1, 6);
  });

  it("is given up after ten minutes, and has only its tempo after a start of the machine", () => {
    expect(beatOfLock(lock, 53e6, 1601)).toBeUndefined();
    expect(beatOfLock(lock, 5e12, 1001)).toEqual({ locked: true, sinceLast: 0, untilNext: 0.5, interval: 0.5, place: 1, metre: 4 });
  });

  it("is on disk while it is locked, and no longer", async () => {
    await using dir = tempDir();
    const keeper = createLockKeeper(dir.path, expect.fail);
    expect(keeper.read()).toBeUndefined();
    keeper.keep({ bpm: 128, beat_us: 7, place: 3, metre: 4 });
    const kept = await waitFor("the lock on disk", () => createLockKeeper(dir.path, expect.fail).read());
    expect(kept).toMatchObject({ bpm: 128, beat_us: 7, place: 3, metre: 4 });
    await waitFor("the lock to be gone", () => {
      keeper.keep(undefined);
      return keeper.read() === undefined;
    });
  });

  it("is on disk at once when its beat was moved, also while it is being written", async () => {
    await using dir = tempDir();
    const keeper = createLockKeeper(dir.path, expect.fail);
    const keep = (beat: number): void => keeper.keep({ bpm: 128, beat_us: beat, place: 1, metre: 4 });
    keep(1);
    keeper.moved();
    const began = performance.now();
    await waitFor("the moved beat on disk", () => {
      keep(2);
      return keeper.read()?.beat_us === 2;
    });
    expect(performance.now() - began).toBeLessThan(2500);
    keeper.moved();
    await waitFor("the beat that was moved again", () => {
      keep(3);
      return keeper.read()?.beat_us === 3;
    });
    expect(performance.now() - began).toBeLessThan(4500);
  });

  it("that is damaged or cannot be kept is said once, and harms nothing", async () => {
    await using dir = tempDir();
    for (const [text, fault] of [["{", "is not JSON"], ['{"bpm":"fast"}', "is damaged (bpm: "], ["[]", "is damaged"]] as const) {
      writeFileSync(path.join(dir.path, "tempo-lock.json"), text);
      const onProblem = vi.fn<(text: string) => void>();
      expect(createLockKeeper(dir.path, onProblem).read()).toBeUndefined();
      expect(onProblem.mock.calls).toEqual([[expect.stringContaining(fault)]]);
    }
    writeFileSync(path.join(dir.path, "file"), "");
    const lost = vi.fn();
    const keeper = createLockKeeper(path.join(dir.path, "file"), lost);
    keeper.keep({ bpm: 100, beat_us: 1, place: 1, metre: 4 });
    await waitFor("the problem", () => lost.mock.calls.length > 0);
    expect(lost).toHaveBeenCalledOnce();
  });
});
