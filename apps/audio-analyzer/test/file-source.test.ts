import { renameSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deferred, tempDir, waitFor } from "@vj/test-kit";
import { createFileSource } from "../src/capture/file-source.ts";

const sampleRate = 44_100;

/** One second of a square wave as a 16-bit mono WAV. */
function wave(): Buffer {
  const bytes = Buffer.alloc(44 + sampleRate * 2);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(sampleRate * 2, 40);
  for (let i = 0; i < sampleRate; i++) bytes.writeInt16LE(i % 100 < 50 ? 8000 : -8000, 44 + i * 2);
  return bytes;
}

describe("a file", () => {
  it("that is missing or broken is named as the problem, and played once it is there", async () => {
    await using dir = tempDir();
    const file = dir.join("music.wav");
    const source = createFileSource(file);
    const heard = deferred<number>();
    source.start((samples) => {
      if (samples.some((sample) => sample !== 0)) heard.resolve(samples.length);
    });
    await waitFor("the problem", () => source.status().phase === "lost");
    expect(source.status().problem).toContain("music.wav");

    writeFileSync(dir.join("new.wav"), wave());
    renameSync(dir.join("new.wav"), file);
    expect(await heard.promise).toBeGreaterThan(0);
    expect(source.status()).toEqual({ phase: "open", problem: "" });
    await source.stop();
  });
});
