import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deferred, tempDir, waitFor } from "@vj/test-kit";
import { createFileSource } from "../src/capture/file-source.ts";
import { stereoTone } from "./helpers/tones.ts";
import { writeWav } from "./helpers/wav.ts";

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

    writeWav(dir.join("new.wav"), stereoTone(440, 1));
    renameSync(dir.join("new.wav"), file);
    expect(await heard.promise).toBeGreaterThan(0);
    expect(source.status()).toEqual({ phase: "open", problem: "" });
    await source.stop();
  });

  it("that is a pipe, a folder, a device or empty is refused with words, and nothing waits for it", async () => {
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

  it.each([1, 100, 4_000_000])("that says %i Hz is refused with the rate", async (sampleRate) => {
    await using dir = tempDir();
    writeWav(dir.join("odd.wav"), stereoTone(440, 1), { sampleRate });
    const source = createFileSource(dir.join("odd.wav"));
    source.start(() => {});
    await waitFor("the problem", () => source.status().phase === "lost");
    expect(source.status().problem).toContain(`${sampleRate} Hz`);
    await source.stop();
  });
});
