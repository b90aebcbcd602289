import { writeFileSync } from "node:fs";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { findBegin, isSettled, rigBeat, secondsToTempo, slipsIn, way } from "../src/link/judge.ts";
import { micros, OfficialPeer } from "../src/link/official-peer.ts";
import { musicBeat, variedMusic, variedRate } from "../src/link/varied-music.ts";

/** Ten times a second. */
const ways = (...parts: [count: number, beats: number][]) => parts.flatMap(([count, beats]) => Array.from({ length: count }, () => beats)).map((beats, index) => ({ seconds: index / 10, beats }));

describe("slips of the bar", () => {
  it("are changes that last a second", () => {
    expect(slipsIn(ways([20, 0.1], [9, 1], [20, -0.1]))).toEqual([]);
    expect(slipsIn(ways([20, 0.1], [10, 1.2]))).toEqual([{ seconds: 2.9, from: 0, to: 1 }]);
  });

  it("do not count half a bar twice, which may be seen as two beats before or after", () => {
    expect(slipsIn(ways([20, 1.9], [20, -1.9]))).toEqual([]);
  });

  it("do not count the first bar, whatever it is", () => {
    expect(slipsIn(ways([5, 1], [20, -1]))).toEqual([]);
  });
});

describe("music of several tempos", () => {
  const { samples, parts } = variedMusic([120, 90], 8);

  it("has whole bars of each, and its beats go on across the change", () => {
    expect(parts).toEqual([{ bpm: 120, from: 0, beats: 0 }, { bpm: 90, from: 8, beats: 16 }]);
    expect(samples.length / variedRate).toBeCloseTo(16, 3);
    expect(samples.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
    expect([musicBeat(parts, 1), musicBeat(parts, 8), musicBeat(parts, 10)]).toEqual([2, 16, 19]);
    expect(musicBeat([], 1)).toBeNaN();
  });
});

describe("the rig beside music that began at a time", () => {
  const parts = [{ bpm: 120, from: 0, beats: 0 }, { bpm: 90, from: 20, beats: 40 }] as const;
  const begin = 5_000_000;
  /** Sixty packets a second, a beat of which is `off` too late in every hundredth. */
  const packets = Array.from({ length: 40 * 60 }, (_, index) => {
    const at = begin + (index / 60) * 1e6;
    return { at, beat: musicBeat(parts, index / 60) - (index % 100 === 0 ? 0.4 : 0), bpm: index < 20 * 60 ? 120 : 90 };
  });

  it("finds that time from the beats, also beside wrong ones", () => {
    expect(Math.abs(findBegin(packets, parts, begin - 200_000, begin + 200_000) - begin)).toBeLessThanOrEqual(2000);
  });

  it("gives the rig's beat at a time, and none where there are too few packets", () => {
    expect(rigBeat(packets, begin + 10_000_000)).toBeCloseTo(20, 6);
    expect(rigBeat(packets, begin - 10_000_000)).toBeUndefined();
    expect(rigBeat(packets.slice(0, 100), begin + 1_000_000)).toBeUndefined();
  });

  it("does not judge the first seconds of a tempo", () => {
    expect([5, 13, 21, 33].map((seconds) => isSettled(parts, seconds))).toEqual([false, true, false, true]);
  });

  it("measures the seconds until a tempo is reached and stays", () => {
    const samples = Array.from({ length: 300 }, (_, index) => ({ seconds: index / 10, bpm: index < 40 ? 120 : index === 45 ? 130 : 90.2 }));
    expect(secondsToTempo(samples, 1, 90)).toBeCloseTo(3.6, 6);
    expect(secondsToTempo(samples, 1, 100)).toBeNaN();
  });

  it("counts distances the short way", () => {
    expect([way(4, 3.5, 0.5), way(4, 0.5, 3.5), way(1, 0.25, 0.5)]).toEqual([1, -1, 0.25]);
  });
});

describe("the official peer", () => {
  it("is asked by lines, and its times are brought to our clock by the lines that arrived fastest", async () => {
    await using dir = tempDir();
    const program = dir.join("peer");
    writeFileSync(program, '#!/bin/sh\necho "0 $1 0 0.5 1000000"\nread line\necho "1 128 0 1.5 2000000"\nread quit\n', { mode: 0o755 });
    const peer = new OfficialPeer(program, 120);
    onTestFinished(() => peer.quit());
    await waitFor("its first line", () => peer.last);
    expect(peer.last).toMatchObject({ peers: 0, bpm: 120, phase: 0.5, at: 1_000_000 });
    peer.say("tempo 128");
    await waitFor("its answer", () => peer.last?.bpm === 128);
    const [first, second] = peer.timed();
    expect((second?.ourAt ?? 0) - (first?.ourAt ?? 0)).toBe(1_000_000);
    expect(second?.ourAt).toBeLessThanOrEqual(micros());
    await peer.quit();
    expect(peer.process.exitCode).toBe(0);
    await peer.quit();
  });
});
