import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { decide, lossMs, pauseMs, settleMs } from "../src/index.ts";
import type { Candidate, Decision } from "../src/index.ts";

const candidate = (source: string, changes: Partial<Candidate> = {}): Candidate => ({
  source, present: true, playing: true, since: 0, lostAt: undefined, stale: false, ...changes,
});
const rule = { pinned: "auto", priority: ["virtualdj", "spotify"] };
const choose = (candidates: readonly Candidate[], before?: string, now = 100_000): Decision => decide(candidates, rule, before, now);
const [spotify, virtualdj, gramophone] = [candidate("spotify"), candidate("virtualdj"), candidate("gramophone")];
const paused = { playing: false };

describe("the source that counts", () => {
  it.each([
    ["the only one that plays", [{ ...spotify, ...paused }, virtualdj], "virtualdj"],
    ["the only one that plays", [spotify, { ...virtualdj, present: false }], "spotify"],
    ["plays, and goes first by priority", [{ ...spotify, since: 90_000 }, virtualdj, gramophone], "virtualdj"],
    ["plays, and began last", [gramophone, candidate("jukebox", { since: 50_000 })], "jukebox"],
    ["paused; nothing else plays", [{ ...spotify, ...paused, since: 3 }, { ...gramophone, ...paused, since: 9 }], "spotify"],
    ["plays, and goes first by priority", [spotify, { ...virtualdj, stale: true }], "spotify"],
    ["no source has a track", [{ ...spotify, present: false }], undefined],
    ["no source has a track", [], undefined],
  ])("%s", (why, candidates, source) => {
    expect(choose(candidates)).toEqual({ source, why });
    expect(choose(candidates.toReversed())).toEqual({ source, why });
  });

  it("is the pinned one, whatever plays", () => {
    expect(decide([{ ...spotify, present: false }, virtualdj], { ...rule, pinned: "spotify" }, undefined, 0)).toEqual({ source: "spotify", why: "pinned" });
  });

  it("gives way to one that goes first only once that has played for a while", () => {
    const late = { ...virtualdj, since: 100_000 };
    expect(choose([spotify, late], "spotify", 100_000 + settleMs - 1).source).toBe("spotify");
    expect(choose([spotify, late], "spotify", 100_000 + settleMs).source).toBe("virtualdj");
  });

  it("keeps its place in the silence between two tracks", () => {
    const silent = { ...virtualdj, ...paused, since: 100_000 };
    expect(choose([spotify, silent], "virtualdj", 100_000 + pauseMs - 1)).toEqual({ source: "virtualdj", why: "paused a moment ago" });
    expect(choose([spotify, silent], "virtualdj", 100_000 + pauseMs).source).toBe("spotify");
  });

  it("gives way soon after its worker is lost, but only to one that plays", () => {
    const lost = { ...virtualdj, lostAt: 100_000 };
    expect(choose([spotify, lost], "virtualdj", 100_000 + lossMs - 1).source).toBe("virtualdj");
    expect(choose([spotify, lost], "virtualdj", 100_000 + lossMs).source).toBe("spotify");
    expect(choose([{ ...spotify, ...paused }, lost], "virtualdj", 100_000 + lossMs).source).toBe("virtualdj");
  });

  it("does not flap: among sources that go on and off, it holds for as long as the rule says", () => {
    const names = ["virtualdj", "spotify", "desktop", "gramophone"];
    const change = fc.record({ after: fc.integer({ min: 1, max: 3000 }), who: fc.nat(3), playing: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 100 }), (changes) => {
        const sources = names.map((name) => candidate(name, paused));
        let [now, decided, since]: [number, string | undefined, number] = [0, undefined, 0];
        let wrong = false;
        for (const { after, who, playing } of changes) {
          now += after;
          const source = sources[who];
          if (source !== undefined && source.playing !== playing) sources[who] = { ...source, playing, since: now };
          const next: string | undefined = choose(sources, decided, now).source;
          if (next !== decided) {
            const left = sources.find(({ source: name }) => name === decided);
            // The old one had paused for long enough, or the new one had played for long enough.
            const playedMs = now - (sources.find(({ source: name }) => name === next)?.since ?? now);
            wrong ||= left?.playing === true && playedMs < settleMs;
            [decided, since] = [next, now];
          }
        }
        expect(wrong).toBe(false);
        expect(since).toBeLessThanOrEqual(now);
      }),
    );
  });
});
