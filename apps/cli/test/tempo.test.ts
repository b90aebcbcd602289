import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { tapKeys } from "../src/tempo/tap-keys.ts";
import { tempoLine, tempoLines, tempoOfReply } from "../src/tempo/tempo-text.ts";
import { VjRig } from "./vj-rig.ts";

const state = { tempo_by: "analysis", bpm: 128, locked: false, analysis_bpm: 128, off: null, followed: [] };

function rig(tap: (atUs: number) => Promise<string>) {
  const input = new PassThrough();
  const shown: string[] = [];
  const stop = new AbortController();
  return { ended: tapKeys({ input, tap, show: (text) => shown.push(text), signal: stop.signal }), input, shown, stop, press: (keys: string) => void input.emit("data", Buffer.from(keys)) };
}

describe("taps in a terminal", () => {
  it("are one for each key, at its time, and the last one is answered before it ends", async () => {
    const times: number[] = [];
    const answers: ((text: string) => void)[] = [];
    const { ended, press, shown } = rig((atUs) => (times.push(atUs) < 3 ? Promise.resolve(`tap ${times.length}`) : new Promise((resolve) => answers.push(resolve))));
    for (const key of [" ", "\u001b[A", "x", "\u0003", "y"]) press(key);
    expect(times).toHaveLength(3);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(Math.abs((times[0] ?? 0) - Number(process.hrtime.bigint() / 1000n))).toBeLessThan(60e6);
    answers[0]?.("the last");
    await ended;
    expect(shown.at(-1)).toBe("the last");
  });

  it.each([
    ["the signal", ({ stop }: ReturnType<typeof rig>) => stop.abort()],
    ["the end of the terminal", ({ input }: ReturnType<typeof rig>) => input.emit("end")],
  ])("end with %s, and then take no key", async (_, end) => {
    const tapped: number[] = [];
    const taps = rig((atUs) => Promise.resolve(String(tapped.push(atUs))));
    end(taps);
    taps.press(" ");
    await taps.ended;
    expect(tapped).toEqual([]);
  });

  it("fail when the analyzer is gone", async () => {
    const { ended, press } = rig(() => Promise.reject(new Error("gone")));
    press(" ");
    await expect(ended).rejects.toThrow("gone");
  });
});

describe("the text of a tempo", () => {
  it("names the source, a lock, the distance from the analysis and what can be followed", () => {
    expect(tempoLines(state)).toEqual(["128.00 BPM by analysis"]);
    expect(tempoLines({ ...state, tempo_by: "link", analysis_bpm: 127.5, off: { bpm_percent: 0.39, ms: -12.5 }, followed: [{ source: "link", bpm: 128, age_ms: 420, leads: true }, { source: "midi", bpm: 90, age_ms: 0, leads: false }] })).toEqual([
      "128.00 BPM by link",
      "the analysis finds 127.5 BPM: the tempo is 0.4 % higher, its beats 12.5 ms earlier",
      "link 128.00 BPM, 0.4 s ago, followed",
      "midi 90.00 BPM, 0.0 s ago, not followed",
    ]);
    expect(tempoLines({ ...state, tempo_by: "none", bpm: 0 })[0]).toContain("vj tempo tap");
    expect(tempoLine({ ...state, tempo_by: "tap", locked: true })).toBe("128.00 BPM by tap, locked");
    expect([tempoOfReply({}), tempoOfReply({ tempo_by: "tap", bpm: 90, locked: false })]).toEqual([undefined, "90.00 BPM by tap"]);
  });
});

describe("vj tempo without an analyzer", () => {
  it("names the next step, and what is wrong with a number before that", async () => {
    await using vj = new VjRig();
    expect(await vj.run("tempo")).toMatchObject({ code: 1, stderr: expect.stringContaining("vj start audio_analyzer") });
    expect(await vj.run("tempo", "tpa")).toMatchObject({ code: 64, stderr: expect.stringMatching(/"tpa" is not a command of vj tempo.*\n.*show, tap, nudge, double, halve, resync, lock, auto/) });
    expect(await vj.run("tempo", "lock", "fast")).toMatchObject({ code: 64, stderr: expect.stringContaining("not a number from 30 to 300") });
    expect(await vj.run("tempo", "nudge", "-2000")).toMatchObject({ code: 64, stderr: expect.stringContaining("from -1000 to 1000") });
  });
});
