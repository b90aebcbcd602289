import { workerContract } from "@vj/worker/testing";
import { describe, expect, it } from "vitest";
import { workerProgram } from "./helpers/running-worker.ts";

describe("the contract of every worker", () => {
  const subject = {
    name: "audio_analyzer",
    command: [process.execPath, workerProgram] as const,
    env: { VJ_AUDIO_SOURCE: "demo" },
    validConfig: { enable_spectrum: false, beat_offset_ms: -30, smoothing: 0.5 },
    invalidConfig: { beat_offset_ms: 500 },
  };
  for (const check of workerContract(subject)) {
    it(check.name, async () => {
      await expect(check.run()).resolves.toBeUndefined();
    });
  }
});
