import { describe, expect, it } from "vitest";
import { beginStart, endStart, settleStart, startRecordSchema, steadyStart } from "../src/start-record.ts";
import type { LastExit, StartRecord } from "../src/start-record.ts";

const nothing = startRecordSchema.parse({});
const good = { colour: "red", level: 1 };
const bad = { colour: "forbidden", level: 1 };
const worked: StartRecord = settleStart(nothing, good);

interface Life {
  /** Milliseconds from the start to the end, and from the end to the next start. */
  readonly livesMs?: number;
  readonly pauseMs?: number;
  readonly end?: "crash" | "stop";
  readonly steady?: boolean;
  readonly lastExit?: LastExit;
}

/** Starts repeatedly with the bad settings. @returns the number of starts until these were put back; 0 for never */
function startsUntilPutBack(life: Life, from = worked, starts = 20): number {
  let record = from;
  let now = 1e12;
  for (let count = 1; count <= starts; count += 1) {
    const decision = beginStart(record, bad, now, count === 1 ? undefined : life.lastExit);
    if (decision.rejected !== undefined) return count;
    record = life.steady === true ? steadyStart(decision.record) : decision.record;
    now += life.livesMs ?? 100;
    if (life.end !== undefined) record = endStart(record, life.end, "no such colour", now);
    now += life.pauseMs ?? 100;
  }
  return 0;
}

describe("a changed setting is put back", () => {
  it("after two starts that crashed", () => {
    expect(startsUntilPutBack({ end: "crash" })).toBe(3);
    expect(startsUntilPutBack({ end: "crash", pauseMs: 30_000 })).toBe(3);
  });

  it("after two starts that never answered, with a supervisor and without", () => {
    expect(startsUntilPutBack({ livesMs: 20_000, lastExit: "unanswered" })).toBe(3);
    expect(startsUntilPutBack({ livesMs: 20_000 })).toBe(3);
  });

  it("later where the process hung after it was up, or was killed again and again", () => {
    expect(startsUntilPutBack({ livesMs: 12_000, steady: true, lastExit: "hung" })).toBe(5);
    expect(startsUntilPutBack({ livesMs: 2000, steady: true })).toBe(5);
    expect(startsUntilPutBack({ livesMs: 2000, lastExit: "killed" })).toBe(9);
  });

  it("to the defaults where no settings are known to have worked", () => {
    expect(startsUntilPutBack({ end: "crash" }, nothing)).toBe(3);
  });

  it("never, when its starts end in order or are more than a minute apart", () => {
    expect(startsUntilPutBack({ end: "stop" })).toBe(0);
    expect(startsUntilPutBack({ end: "crash", pauseMs: 80_000 })).toBe(0);
  });

  it("with the reason that the process recorded", () => {
    let record = worked;
    for (let at = 0; at < 2; at += 1) record = endStart(beginStart(record, bad, at, undefined).record, "crash", "no such colour", at);
    expect(beginStart(record, bad, 3, undefined)).toMatchObject({ rejected: "no such colour", record: { good, tries: [] } });
  });
});

describe("settings", () => {
  it("that worked last are never put back, whatever the order of their keys", () => {
    let record = worked;
    for (let at = 0; at < 10; at += 1) {
      const decision = beginStart(record, { level: 1, colour: "red" }, at, "crashed");
      expect(decision.rejected).toBeUndefined();
      record = endStart(decision.record, "crash", "disk on fire", at);
    }
  });

  it("that differ from those that failed are tried anew", () => {
    let record = worked;
    for (let at = 0; at < 2; at += 1) record = endStart(beginStart(record, bad, at, undefined).record, "crash", "x", at);
    expect(beginStart(record, { ...bad, level: 2 }, 3, undefined)).toMatchObject({ rejected: undefined, record: { tries: [{ at: 3 }] } });
  });
});
