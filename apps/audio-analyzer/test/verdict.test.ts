import { describe, expect, it } from "vitest";
import { advice, createVerdictWatch, verdicts } from "../src/verdict.ts";

describe("verdict", () => {
  it("names the fault within three seconds", () => {
    const watch = createVerdictWatch(0);
    expect(watch.verdict("opening", 2999)).toBe("starting");
    expect(watch.verdict("opening", 3000)).toBe("no_callbacks");
  });

  it("is ok at the first audible sound, and silent when it has been quiet for three seconds", () => {
    const watch = createVerdictWatch(0);
    watch.samples(0, 0, false, 100);
    expect(watch.verdict("open", 100)).toBe("starting");
    watch.samples(-0.1, 0.1, false, 200);
    expect(watch.verdict("open", 200)).toBe("ok");
    for (let now = 300; now <= 3300; now += 100) watch.samples(-1e-5, 1e-5, false, now);
    expect(watch.verdict("open", 3199)).toBe("ok");
    expect(watch.verdict("open", 3300)).toBe("silent");
  });

  it("reports that the channels cancel after two seconds, and only as long as they do", () => {
    const watch = createVerdictWatch(0);
    const play = (cancelling: boolean, from: number, to: number): void => {
      for (let now = from; now < to; now += 100) watch.samples(-0.1, 0.1, cancelling, now);
    };
    play(true, 0, 1000);
    play(false, 1000, 1100);
    play(true, 1100, 3100);
    expect(watch.verdict("open", 3000)).toBe("ok");
    expect(watch.verdict("open", 3100)).toBe("channels_cancel");
    watch.samples(-0.1, 0.1, false, 3200);
    expect(watch.verdict("open", 3200)).toBe("ok");
  });

  it("distinguishes zeros from silence, and treats a constant as silence", () => {
    const zeros = createVerdictWatch(0);
    const constant = createVerdictWatch(0);
    for (let now = 0; now <= 3000; now += 100) {
      zeros.samples(0, 0, false, now);
      constant.samples(0.5, 0.5, false, now);
    }
    expect(zeros.verdict("open", 3000)).toBe("exact_zeros");
    expect(constant.verdict("open", 3000)).toBe("silent");
  });

  it("notices when samples stop coming, and when the device is gone", () => {
    const watch = createVerdictWatch(0);
    watch.samples(-1, 1, false, 10_000);
    expect(watch.verdict("open", 13_001)).toBe("no_callbacks");
    expect(watch.verdict("lost", 10_001)).toBe("device_gone");
    watch.samples(-1, 1, false, 14_000);
    expect(watch.verdict("open", 14_000)).toBe("ok");
  });

  it("knows whether there was sound recently", () => {
    const watch = createVerdictWatch(0);
    expect(watch.hadSound(1000, 0)).toBe(false);
    watch.samples(-1, 1, false, 500);
    expect(watch.hadSound(1000, 1499)).toBe(true);
    expect(watch.hadSound(1000, 1500)).toBe(false);
  });

  it("has advice exactly where there is something to do", () => {
    for (const verdict of verdicts) {
      const quiet = verdict === "ok" || verdict === "starting";
      for (const kind of ["device", "command"] as const) expect(advice(verdict, kind, "linux") === "").toBe(quiet);
    }
    expect(advice("exact_zeros", "device", "darwin")).toMatch(/microphone/);
  });
});
