import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { needs, tempDir } from "@vj/test-kit";
import { Incidents } from "../src/incidents.ts";
import { rigProcesses, workerName } from "../src/processes.ts";
import { createRandom } from "../src/random.ts";
import { chaosTable, quantile } from "../src/report.ts";
import { fitSlope } from "../src/slope.ts";
import { writeDemoWave } from "../src/wave-file.ts";

describe("random choices", () => {
  it("are repeated by their seed, and spread", () => {
    const one = createRandom(7);
    const two = createRandom(7);
    const choices = Array.from({ length: 1000 }, () => one.below(16));
    expect(Array.from({ length: 1000 }, () => two.below(16))).toEqual(choices);
    expect(new Set(choices).size).toBe(16);
    expect(createRandom(8).next()).not.toBe(createRandom(7).next());
    expect(() => one.pick([])).toThrow(/nothing/);
  });
});

describe("incidents", () => {
  it("are over after a minute of health, and workers without an incident are hit first", () => {
    let now = 0;
    const incidents = new Incidents(() => now);
    const random = createRandom(3);
    incidents.restarted("a");
    now = 30_000;
    incidents.restarted("b");
    expect(Array.from({ length: 20 }, () => incidents.pickSteady(["a", "b", "c"], random))).toEqual(Array(20).fill("c"));
    expect(incidents.pickSteady(["a", "b"], random)).toBe("a");
    expect(incidents.isOver("a")).toBe(false);
    now = 64_000;
    expect(incidents.isOver("a")).toBe(true);
    expect(incidents.isOver("b")).toBe(false);
    incidents.forgetAll();
    expect(incidents.isOver("b")).toBe(true);
  });
});

describe("processes", () => {
  it("are known by title or program", () => {
    expect(workerName("vj audio_analyzer")).toBe("audio_analyzer");
    expect(workerName("/usr/bin/node /x/apps/audio-analyzer/bin/audio-analyzer.js")).toBe("audio_analyzer");
    expect(workerName("/usr/bin/node /x/apps/audio-analyzer/bin/vj-capture.js")).toBeUndefined();
    expect(workerName("vim notes")).toBeUndefined();
  });

  it("are found by their environment", needs("proc"), async () => {
    await using dir = tempDir();
    const child = spawn(process.execPath, ["-e", "console.log(1);setTimeout(()=>{},60000)"], {
      env: { ...process.env, VJ_BUS_DIR: dir.path },
      stdio: ["ignore", "pipe", "ignore"],
    });
    if (child.stdout === null) throw new Error("no output");
    await once(child.stdout, "data");
    expect(rigProcesses(dir.path).map(({ pid }) => pid)).toEqual([child.pid]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(rigProcesses(dir.path)).toEqual([]);
  });
});

describe("slopes", () => {
  it("come with their uncertainty", () => {
    const exact = fitSlope([0, 1, 2, 3].map((x) => [x, 5 + 2 * x]));
    expect(exact.slope).toBeCloseTo(2);
    expect(exact.margin).toBeCloseTo(0);
    const random = createRandom(1);
    const noisy = fitSlope(Array.from({ length: 200 }, (_, x) => [x, random.next()]));
    expect(Math.abs(noisy.slope)).toBeLessThan(noisy.margin * 2);
    expect(fitSlope([[0, 1]]).margin).toBe(Number.POSITIVE_INFINITY);
    expect(fitSlope([[1, 1], [1, 2], [1, 3]]).slope).toBe(0);
  });
});

describe("the table", () => {
  it("has a row per fault", () => {
    const table = chaosTable([
      { name: "kill", recoveries: [100, 200, 300], violations: 1 },
      { name: "clock", recoveries: [], violations: 0, unavailable: "no library" },
    ]);
    expect(table).toMatch(/kill +4 +200 ms +300 ms +300 ms +1/);
    expect(table).toMatch(/clock.*not here: no library/);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe("the music file", () => {
  it("is a WAV of the right length with sound in it", async () => {
    await using dir = tempDir();
    writeDemoWave(dir.join("a.wav"), 2);
    const bytes = readFileSync(dir.join("a.wav"));
    expect(bytes.toString("latin1", 0, 4)).toBe("RIFF");
    expect(bytes.length).toBe(44 + 2 * 2 * 44_100);
    expect(bytes.subarray(44).some((byte) => byte !== 0)).toBe(true);
  });
});
