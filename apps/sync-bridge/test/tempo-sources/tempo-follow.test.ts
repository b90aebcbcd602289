import { tempoBy } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { expect, it, vi } from "vitest";
import { TempoFollow } from "../../src/tempo-sources/tempo-follow.ts";
import { wayIn } from "../../src/tempo.ts";
import { fakeContext } from "../fake-context.ts";

it("knows by the analyzer's answers when the music has had a tempo of its own for three seconds", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  try {
    let bpm = 0;
    const { context, sent } = fakeContext({}, async () => ({ success: true, message: "following", data: { analysis_bpm: bpm } }));
    const follow = new TempoFollow(context.rig, context.rigTempo, () => ["link", "analysis"], () => {});
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

it("lets go of a program at once when another one counts, so that the analyzer does not keep it for its three seconds", async () => {
  const { context, sent } = fakeContext({}, async () => ({ success: true, message: null, data: null }));
  let priority: readonly ("link" | "midi" | "analysis")[] = ["link", "midi", "analysis"];
  const changes: string[] = [];
  const follow = new TempoFollow(context.rig, context.rigTempo, () => priority, (text) => changes.push(text));
  follow.propose("link", { bpm: 120, beat: 0, atUs: 0 });
  priority = ["midi", "link", "analysis"];
  follow.propose("midi", { bpm: 130, beat: 0, atUs: 0 });
  await waitFor("three commands", () => sent.length >= 3);
  expect(follow.followed).toBe("midi");
  expect(sent.slice(0, 3).map(({ cmd, args }) => [cmd, Object(args).source])).toEqual([["follow_tempo", "link"], ["follow_tempo", "midi"], ["unfollow_tempo", "link"]]);
  await follow.close();
  expect(changes).toEqual(["the rig follows link, 120.00 BPM", "the rig follows midi, 130.00 BPM", "the rig no longer follows midi"]);
});

it("has a program that comes before taps take over from a key again", async () => {
  const { context, sent, setTempo } = fakeContext({}, async () => ({ success: true, message: null, data: null }));
  const follow = new TempoFollow(context.rig, context.rigTempo, () => ["link", "tap", "analysis"], () => {});
  follow.propose("link", { bpm: 120, beat: 0, atUs: 0 });
  setTempo({ bpm: 121, beat: 0, atUs: 0, metre: 4, barKnown: false, barBeats: 0, by: tempoBy.tap, live: true });
  follow.propose("link", { bpm: 120, beat: 0, atUs: 0 });
  await waitFor("three commands", () => sent.length >= 3);
  expect(sent.slice(0, 3).map(({ cmd }) => cmd)).toEqual(["follow_tempo", "unfollow_tempo", "follow_tempo"]);
  await follow.close();
});

it.each([[4e12 + 3.25, 4], [-4e12 + 3.25, 4], [1e9 + 5, 3]])("has the analyzer follow beat %d in bars of %d at its place in the bar", async (beat, quantum) => {
  const { context, sent } = fakeContext({}, async () => ({ success: true, message: null, data: null }));
  const follow = new TempoFollow(context.rig, context.rigTempo, () => ["link", "analysis"], () => {});
  follow.propose("link", { bpm: 120, beat, atUs: 0, quantum });
  await waitFor("the command", () => sent.length > 0);
  const given = Number(Object(sent[0]?.args).beat);
  expect(Math.abs(given)).toBeLessThan(1e9);
  expect(wayIn(quantum, beat, given)).toBeCloseTo(0, 6);
  await follow.close();
});
