import { renameSync } from "node:fs";
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
});
