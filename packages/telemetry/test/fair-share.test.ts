import { describe, expect, test } from "vitest";
import { FairShare } from "../src/outlet/fair-share.ts";
import type { Share } from "../src/outlet/fair-share.ts";

const admitted = (share: Share, tries = 5000): number => Array.from({ length: tries }, () => share.admit()).filter(Boolean).length;
const idle = (): number => 0;

describe("datagrams of all subscriptions together", () => {
  test("one alone sends up to the limit, and again in the next window", () => {
    let now = 0;
    const one = new FairShare({ now: () => now, busy: idle }).join();
    expect(admitted(one)).toBe(1000);
    now = 99;
    expect(admitted(one)).toBe(0);
    now = 100;
    expect(admitted(one)).toBe(1000);
  });

  test("who joins late gets an equal part, and all together send at most twice the limit", () => {
    const shares = new FairShare({ now: () => 0, busy: idle });
    const greedy = Array.from({ length: 9 }, () => shares.join());
    const late = shares.join();
    const sent = greedy.map((share) => admitted(share));
    expect(sent[0]).toBe(1000);
    expect(admitted(late)).toBe(100);
    expect(sent.reduce((sum, count) => sum + count, 100)).toBeLessThanOrEqual(2000);
  });

  test("a busy process halves the limit in each window, down to what two subscribers of an analyzer need, and takes it back when it is idle", () => {
    let [now, busy] = [0, 0.9];
    const one = new FairShare({ now: () => now, busy: () => busy }).join();
    const windows = (count: number): number[] =>
      Array.from({ length: count }, () => {
        now += 100;
        return admitted(one);
      });
    expect(windows(5)).toEqual([500, 250, 125, 120, 120]);
    busy = 0.2;
    expect(windows(30).at(-1)).toBe(1000);
  });

  test("who has left takes no part, however often it leaves", () => {
    const shares = new FairShare({ now: () => 0, busy: idle });
    const [other, gone] = [shares.join(), shares.join()];
    gone.leave();
    gone.leave();
    const one = shares.join();
    expect(admitted(other)).toBe(1000);
    expect(admitted(one)).toBe(500);
  });
});
