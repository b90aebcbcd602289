import { describe, expect, it } from "vitest";
import { judgeSeconds } from "../src/fuzz/judge-seconds.ts";

/** Seconds of the attacked analyzer and of the reference. */
const judge = (attacked: number[], reference: number[], waited: number[] = []) =>
  judgeSeconds(attacked.map((frames, at) => ({ attacked: frames, reference: reference[at] ?? 0, waitedMs: waited[at] ?? 1 })));

describe("judgeSeconds", () => {
  it("accepts 59 and more", () => {
    expect(judge([60, 59, 61, 60], [60, 60, 60, 60])).toEqual({ kept: 4, busy: 0, fallen: [], byChance: 0 });
  });

  it("counts against the attack where the reference kept its rate", () => {
    expect(judge([60, 58, 62, 60, 0], [60, 60, 60, 59, 60])).toEqual({
      kept: 3,
      busy: 0,
      fallen: [{ at: 1, attacked: 58, reference: 60, waitedMs: 1 }, { at: 4, attacked: 0, reference: 60, waitedMs: 1 }],
      byChance: 0,
    });
  });

  it("does not judge a second in which the reference falls behind too, or one beside it", () => {
    expect(judge([58, 60, 40, 60, 60, 58], [60, 57, 60, 60, 60, 60])).toMatchObject({ busy: 2, byChance: 1, fallen: [{ at: 5 }] });
  });

  it("does not judge while the system makes the process wait, which it counts afterwards", () => {
    const full = [60, 60, 60, 60];
    expect(judge([60, 58, 62, 58], full, [1, 30, 1, 1])).toMatchObject({ busy: 1, fallen: [{ at: 3 }] });
    expect(judge([60, 58, 62, 60], full, [1, 1, 30, 1])).toMatchObject({ busy: 1, fallen: [] });
    expect(judge([60, 58, 62, 60], full, [30, 1, 1, 1])).toMatchObject({ busy: 0, fallen: [{ at: 1 }] });
  });

  it("has no result for an empty run", () => {
    expect(judge([], [])).toEqual({ kept: 0, busy: 0, fallen: [], byChance: 0 });
  });
});
