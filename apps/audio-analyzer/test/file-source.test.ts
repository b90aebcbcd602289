import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { deferred, tempDir, waitFor, writeWav } from "@vj/test-kit";
import { messageOf } from "@vj/schema";
import { analyzeFile } from "../src/capture/analyze-file.ts";
import { createFileSource, retryMs } from "../src/capture/file-source.ts";
import { damaged, fixture } from "./helpers/file-bytes.ts";
import { stereoTone } from "./helpers/tones.ts";

describe("a file", () => {
  it("that is missing or broken is named as the problem, and played once it exists", async () => {
    await using dir = tempDir();
    const file = dir.join("music.wav");
    const source = createFileSource(file);
    const received = deferred<number>();
    source.start((samples) => {
      if (samples.some((sample) => sample !== 0)) received.resolve(samples.length);
    });
    await waitFor("the problem", () => source.status().phase === "lost");
    expect(source.status().problem).toContain("music.wav");

    writeWav(dir.join("new.wav"), stereoTone(440, 1), { channels: 2 });
    renameSync(dir.join("new.wav"), file);
    expect(await received.promise).toBeGreaterThan(0);
    expect(source.status()).toMatchObject({ phase: "open", problem: "", cancelling: false });
    await source.stop();
  });

  it("whose channels cancel is played anyway, and reports it", async () => {
    await using dir = tempDir();
    writeWav(dir.join("music.wav"), stereoTone(440, 3).map((sample, i) => (i % 2 === 0 ? sample : -sample)), { channels: 2 });
    const source = createFileSource(dir.join("music.wav"));
    let largest = 0;
    source.start((samples) => (largest = Math.max(largest, ...samples)));
    await waitFor("sound", () => largest > 0.4);
    await waitFor("the word", () => source.status().cancelling === true);
    await source.stop();
  });

  it("that is a pipe, a folder, a device or empty is refused with a message, and nothing waits for it", async () => {
    await using dir = tempDir();
    execFileSync("mkfifo", [dir.join("pipe")]);
    mkdirSync(dir.join("folder"));
    writeFileSync(dir.join("nothing"), "");
    const wrong = { [dir.join("pipe")]: /named pipe/, [dir.join("folder")]: /is a folder/, "/dev/zero": /is a device/, [dir.join("nothing")]: /is empty/ };
    for (const [path, reason] of Object.entries(wrong)) {
      const source = createFileSource(path);
      source.start(() => {});
      await waitFor(path, () => source.status().phase === "lost");
      expect(source.status().problem).toMatch(reason);
      await source.stop();
    }
  });

  it.each([1, 100, 4_000_000])("that declares %i Hz is refused with the rate", async (sampleRate) => {
    await using dir = tempDir();
    writeWav(dir.join("odd.wav"), stereoTone(440, 1), { sampleRate, channels: 2 });
    const source = createFileSource(dir.join("odd.wav"));
    source.start(() => {});
    await waitFor("the problem", () => source.status().phase === "lost");
    expect(source.status().problem).toContain(`${sampleRate} Hz`);
    await source.stop();
  });

  it("that is damaged is silent and reported, as by analyze; its beginning is not played again until it is repaired", async () => {
    await using dir = tempDir();
    const file = dir.join("music.flac");
    const good = fixture("music.flac");
    writeFileSync(file, damaged(good, 60_000));
    const source = createFileSource(file);
    let received = 0;
    source.start((samples) => (received += samples.length));
    await waitFor("the problem", () => source.status().phase === "lost");
    expect(source.status().problem).toBe(await analyzeFile(file).then(String, messageOf));
    const before = received;
    const timers = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => timers.mockRestore());
    const looks = (): number => timers.mock.calls.filter(([, ms]) => ms === retryMs).length;
    const planned = looks();
    await waitFor("it to have looked again", () => looks() > planned);
    expect(received).toBe(before);
    expect(source.status().phase).toBe("lost");
    writeFileSync(dir.join("new.flac"), good);
    renameSync(dir.join("new.flac"), file);
    await waitFor("sound", () => source.status().phase === "open" && received > before);
    await source.stop();
  });

  it("that changes its rate is delivered at one rate", async () => {
    await using dir = tempDir();
    const file = dir.join("joined.mp3");
    writeFileSync(file, Buffer.concat([fixture("music-22.mp3").subarray(0, 4000), fixture("music.mp3").subarray(0, 6000)]));
    const source = createFileSource(file);
    const rates = new Set<number>();
    let seconds = 0;
    source.start((samples, _, sampleRate) => {
      rates.add(sampleRate);
      seconds += samples.length / sampleRate;
    });
    await waitFor("both parts", () => seconds > 2.2);
    expect([...rates]).toEqual([22_050]);
    await source.stop();
  });
});
