import { writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { needs, tempDir } from "@vj/test-kit";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { audioFormat } from "../src/capture/audio-format.ts";
import { decodeFile } from "../src/capture/decode-file.ts";
import { play } from "../src/capture/player.ts";
import { createRecording } from "../src/capture/recording.ts";
import { stereoTone } from "./helpers/tones.ts";
import { writeWav } from "./helpers/wav.ts";

const run = promisify(execFile);

describe("recording", () => {
  it("is the same sound for ever, however it is cut into parts and blocks", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(lengths, lengths, (parts, blocks) => {
        const recording = createRecording();
        let value = 0;
        for (const length of parts) recording.add(Float32Array.from({ length }, () => value++), 8000);
        recording.end();
        let heard = 0;
        for (const length of blocks) {
          const block = new Float32Array(length);
          expect(recording.next(block)).toBe(length);
          for (const sample of block) expect(sample).toBe(heard++ % value);
        }
      }),
    );
  });

  it("drops what was played when it does not fit into memory, and then has room for more", async () => {
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
  it("delivers the rate in real time, and does not make up for a long pause", () => {
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

describe("decodeFile", () => {
  it.each(["wav", "flac", "ogg", "aiff"])("reads %s", needs("sox"), async (format) => {
    await using dir = tempDir();
    const wav = dir.join("tone.wav");
    writeWav(wav, stereoTone(440, 2));
    // The name is wrong on purpose: only the content counts.
    const file = dir.join("tone.bin");
    await run("sox", [wav, "-t", format, file]);
    const { samples, sampleRate } = await decodeFile(file);
    expect(sampleRate).toBe(44_100);
    expect(samples.length / sampleRate).toBeCloseTo(2, 1);
    const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    expect(rms).toBeCloseTo(0.5 / Math.SQRT2, 1);
  });

  it("says what is wrong with a file", async () => {
    await using dir = tempDir();
    await expect(decodeFile(dir.join("none"))).rejects.toThrow(/ENOENT/);
    writeFileSync(dir.join("text"), "this is no sound");
    await expect(decodeFile(dir.join("text"))).rejects.toThrow(/use wav, mp3/);
    writeFileSync(dir.join("empty"), "");
    await expect(decodeFile(dir.join("empty"))).rejects.toThrow(/use wav, mp3/);
  });

  it("tells formats by their first bytes", () => {
    const head = (text: string): Buffer => Buffer.from(text.padEnd(64, "\0"), "latin1");
    expect(audioFormat(head(`OggS${"\0".repeat(24)}OpusHead`))).toBe("opus");
    expect(audioFormat(head("OggS"))).toBe("oga");
    expect(audioFormat(head("ID3"))).toBe("mp3");
    expect(audioFormat(head("\xff\xfb"))).toBe("mp3");
    expect(audioFormat(head("\xff\xf1"))).toBe("aac");
    expect(audioFormat(head("\0\0\0\x20ftypM4A "))).toBe("m4a");
  });
});
