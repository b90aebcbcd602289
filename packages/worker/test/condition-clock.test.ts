import { describe, expect, it, vi } from "vitest";
import { createConditionClock, worstCondition } from "../src/condition-clock.ts";
import type { ReportedCondition } from "../src/condition-clock.ts";

describe("a condition", () => {
  it("keeps the time of its beginning when only the advice changes", () => {
    vi.useFakeTimers({ now: 1_000_000 });
    let reported: ReportedCondition | undefined = { level: "ok", text: "listening" };
    const condition = createConditionClock([() => reported]);
    expect(condition()).toEqual({ level: "ok", text: "listening", since: 1000 });
    vi.advanceTimersByTime(5000);
    reported = { level: "ok", text: "listening", todo: "nothing" };
    expect(condition()).toEqual({ level: "ok", text: "listening", since: 1000, todo: "nothing" });
    reported = { level: "degraded", text: "waiting" };
    expect(condition()).toEqual({ level: "degraded", text: "waiting", since: 1005 });
    reported = undefined;
    expect(condition()).toBeUndefined();
    vi.useRealTimers();
  });

  it("keeps the time of its beginning while another one is worse, or reported first", () => {
    vi.useFakeTimers({ now: 1_000_000 });
    const [away, broken] = [{ level: "degraded", text: "the sound is away" }, { level: "degraded", text: "the targets are broken" }] as const;
    let sound: ReportedCondition | undefined;
    let targets: ReportedCondition | undefined = broken;
    const condition = createConditionClock([() => sound, () => targets]);
    expect(condition()).toMatchObject({ ...broken, since: 1000 });
    vi.advanceTimersByTime(5000);
    sound = away;
    expect(condition()).toMatchObject({ ...away, since: 1005 });
    vi.advanceTimersByTime(5000);
    sound = undefined;
    expect(condition()).toMatchObject({ ...broken, since: 1000 });
    targets = undefined;
    expect(condition()).toBeUndefined();
    targets = broken;
    expect(condition()).toMatchObject({ ...broken, since: 1010 });
    vi.useRealTimers();
  });

  it("that a worker cannot give, or gives wrongly, is a fault that names the hook", () => {
    const given = (report: () => unknown) => createConditionClock([report as () => ReportedCondition])();
    expect(given(() => ({ level: "ok" }))).toMatchObject({ level: "ok", text: "" });
    expect(given(() => ({ level: "bad", text: "" }))).toMatchObject({ level: "failed", text: "getCondition failed: its level is bad; it can be ok, degraded or failed" });
    expect(given(() => ({ level: "degraded", text: 5 }))).toMatchObject({ level: "failed", text: "getCondition failed: its text is not a text" });
    expect(given(() => JSON.parse("{"))).toMatchObject({ level: "failed", text: expect.stringContaining("getCondition failed: ") });
  });

  it("is the worst of several, of equally bad ones the first", () => {
    const [fine, lame, lamer, dead] = [{ level: "ok", text: "a" }, { level: "degraded", text: "b" }, { level: "degraded", text: "c" }, { level: "failed", text: "d" }] as const;
    expect(worstCondition()).toBeUndefined();
    expect(worstCondition(undefined, undefined)).toBeUndefined();
    expect(worstCondition(undefined, fine)).toBe(fine);
    expect(worstCondition(fine, lame, undefined, lamer)).toBe(lame);
    expect(worstCondition(lame, dead, fine)).toBe(dead);
  });
});
