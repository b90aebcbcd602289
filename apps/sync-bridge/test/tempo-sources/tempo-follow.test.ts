import { expect, it, vi } from "vitest";
import { TempoFollow } from "../../src/tempo-sources/tempo-follow.ts";
import { fakeContext } from "../fake-context.ts";

it("knows by the analyzer's answers when the music has had a tempo of its own for three seconds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    let bpm = 0;
    const { context, sent } = fakeContext({}, async () => ({ success: true, message: "following", data: { analysis_bpm: bpm } }));
    const follow = new TempoFollow(context.rig, context.rigTempo, () => ["link", "analysis"]);
    const after = async (ms: number): Promise<boolean> => {
      for (let passed = 0; passed < ms; passed += 250) {
        follow.propose("link", { bpm: 120, beat: 0, atUs: 0 });
        await vi.advanceTimersByTimeAsync(250);
      }
      return follow.hasOwnTempo;
    };
    expect(await after(5000)).toBe(false);
    bpm = 128;
    expect(await after(2500)).toBe(false);
    expect(await after(1500)).toBe(true);
    bpm = 0;
    expect(await after(1250)).toBe(false);
    bpm = 128;
    await after(4000);
    follow.propose("link", undefined);
    await vi.advanceTimersByTimeAsync(500);
    expect(follow.hasOwnTempo).toBe(true);
    expect(await after(500)).toBe(false);
    expect(new Set(sent.map(({ cmd }) => cmd))).toEqual(new Set(["follow_tempo", "unfollow_tempo"]));
    await follow.close();
  } finally {
    vi.useRealTimers();
  }
});
