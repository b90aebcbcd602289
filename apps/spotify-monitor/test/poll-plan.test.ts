import { describe, expect, it } from "vitest";
import type { PlayerAnswer } from "../src/player-answer.ts";
import { planNext, startOfPlan } from "../src/poll-plan.ts";

const track = { artist: "A", title: "T", album: "", duration: 200 };
const player = (changes: Partial<Extract<PlayerAnswer, { kind: "player" }>> = {}): PlayerAnswer => ({
  kind: "player", track, note: undefined, id: "1", seconds: 10, playing: true, device: "", ...changes,
});
const waits = (answers: readonly PlayerAnswer[], pollMs = 2000): number[] => {
  let plan = startOfPlan;
  return answers.map((answer) => {
    const next = planNext(plan, answer, pollMs);
    plan = next.plan;
    return next.waitMs;
  });
};
const times = (count: number, answer: PlayerAnswer): PlayerAnswer[] => Array.from({ length: count }, () => answer);

describe("when Spotify is asked again", () => {
  it("fast after a change, then at the pace of the setting", () => {
    expect(waits([...times(4, player()), player({ id: "2" })])).toEqual([1000, 1000, 2000, 2000, 1000]);
    expect(waits(times(4, player()), 10_000)).toEqual([1000, 1000, 10_000, 10_000]);
  });

  it("at the expected end of a track, and fast until the next one is there", () => {
    const steady = times(3, player());
    expect(waits([...steady, player({ seconds: 199 })]).at(-1)).toBe(1200);
    expect(waits([...steady, player({ seconds: 200 })]).at(-1)).toBe(1000);
    expect(waits([...steady, player({ seconds: 500, track: { ...track, duration: 0 } })]).at(-1)).toBe(2000);
  });

  it("slowly while it is paused, ever slower while nothing plays, never faster after that", () => {
    expect(waits([player({ playing: false })])).toEqual([5000]);
    expect(waits(times(7, { kind: "nothing" }))).toEqual([10_000, 15_000, 20_000, 25_000, 30_000, 30_000, 30_000]);
    expect(waits([...times(3, player()), { kind: "nothing" }]).at(-1)).toBe(10_000);
    expect(waits(times(2, { kind: "nothing" }), 60_000)).toEqual([60_000, 60_000]);
  });

  it("exactly when a limit ends, be it hours", () => {
    expect(waits([{ kind: "limited", retryMs: 7_200_000 }, { kind: "limited", retryMs: 1500 }, { kind: "limited", retryMs: 0 }])).toEqual([7_200_000, 1500, 1000]);
    expect(waits(times(3, { kind: "limited", retryMs: undefined }))).toEqual([2000, 4000, 8000]);
  });

  it("ever later while it fails, and as usual once it works", () => {
    const fault: PlayerAnswer = { kind: "fault", code: "offline", text: "" };
    expect(waits([...times(7, fault), player(), fault])).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 1000, 2000]);
  });
});
