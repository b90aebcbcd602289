import { fc } from "@vj/test-kit/properties";
import { describe, expect, it, vi } from "vitest";
import { play } from "../src/capture/player.ts";
import { createRecording } from "../src/capture/recording.ts";

describe("recording", () => {
  it("loops the same sound, however it is cut into parts and blocks", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lengths, lengths, (parts, blocks) => {
        const recording = createRecording();
        let value = 0;
        for (const length of parts) recording.add(Float32Array.from({ length }, () => value++), 8000);
        recording.end();
        let received = 0;
        for (const length of blocks) {
          const block = new Float32Array(length);
          expect(recording.next(block)).toBe(length);
          for (const sample of block) expect(sample).toBe(received++ % value);
        }
      }),
    );
  });

  it("drops played parts when it does not fit into memory, and then has room for more", async () => {
    const recording = createRecording(4);
    recording.add(Float32Array.of(1, 2, 3), 8000);
    await recording.room();
    expect(recording.long).toBe(false);
    recording.add(Float32Array.of(4, 5), 8000);
    expect(recording.long).toBe(true);
    let room = false;
    const waiting = recording.room().then(() => (room = true));
    const block = new Float32Array(2);
    expect(recording.next(block)).toBe(2);
    await Promise.resolve();
    expect(room).toBe(false);
    expect(recording.next(block)).toBe(2);
    await waiting;
    expect([...block]).toEqual([3, 4]);
    expect(recording.next(block)).toBe(1);
    recording.end();
    expect(recording.next(block)).toBe(0);
  });

  it("ends a block where the rate changes", () => {
    const recording = createRecording();
    recording.add(Float32Array.of(1, 2, 3), 8000);
    recording.add(Float32Array.of(4, 5), 16_000);
    recording.end();
    const block = new Float32Array(4);
    const rates = [recording.sampleRate];
    expect(recording.next(block)).toBe(3);
    rates.push(recording.sampleRate);
    expect(recording.next(block)).toBe(2);
    rates.push(recording.sampleRate);
    expect(rates).toEqual([8000, 16_000, 8000]);
  });

  it("waits for more where it is not complete, and is silent when it is empty", () => {
    const recording = createRecording();
    const block = new Float32Array(4);
    expect(recording.next(block)).toBe(0);
    recording.add(Float32Array.of(1, 2, 3), 8000);
    expect(recording.next(block)).toBe(3);
    expect(recording.next(block)).toBe(0);
    recording.end();
    expect(recording.next(block)).toBe(4);
    const empty = createRecording();
    empty.end();
    expect(empty.next(block)).toBe(0);
  });
});

describe("player", () => {
  it("delivers the rate in real time, and does not catch up after a long pause", () => {
    vi.useFakeTimers();
    try {
      let samples = 0;
      const next = (block: Float32Array): number => block.length;
      const stop = play({ sampleRate: 44_100, next }, (block) => (samples += block.length));
      vi.advanceTimersByTime(10_000);
      expect(samples).toBeGreaterThan(44_100 * 9.98);
      expect(samples).toBeLessThanOrEqual(44_100 * 10);
      stop();
      vi.advanceTimersByTime(1000);
      expect(samples).toBeLessThanOrEqual(44_100 * 10);
    } finally {
      vi.useRealTimers();
    }
  });
});
