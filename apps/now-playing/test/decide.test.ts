import { describe, expect, it } from "vitest";
import { decide } from "../src/decide.ts";
import type { Candidate } from "../src/decide.ts";

const spotify = (changedAt: number, playing = true, present = true): Candidate => ({ source: "spotify", present, playing, changedAt });
const virtualdj = (changedAt: number, playing = true, present = true): Candidate => ({ source: "virtualdj", present, playing, changedAt });

describe("the source that counts", () => {
  it.each([
    ["the only one that plays", [spotify(9, false), virtualdj(1)], "virtualdj"],
    ["the only one that plays", [spotify(1), virtualdj(9, true, false)], "spotify"],
    ["plays, and changed last", [spotify(1), virtualdj(2)], "virtualdj"],
    ["plays, and changed last", [spotify(3), virtualdj(2)], "spotify"],
    ["paused; nothing else plays", [spotify(3, false), virtualdj(2, false)], "spotify"],
    ["no source has a track", [spotify(3, true, false), virtualdj(2, true, false)], undefined],
    ["no source has a track", [], undefined],
  ])("%s", (why, candidates, source) => {
    expect(decide(candidates, "auto")).toEqual({ source, why });
    expect(decide([...candidates].reverse(), "auto")).toEqual({ source, why });
  });

  it("is the pinned one, whatever plays", () => {
    expect(decide([spotify(3, false, false), virtualdj(9)], "spotify")).toEqual({ source: "spotify", why: "pinned" });
  });
});
