import { describe, expect, it } from "vitest";
import { noBarVote, voteBar, withoutDoubt } from "../../src/rig-tempo/bar-vote.ts";
import type { BarVote } from "../../src/rig-tempo/bar-vote.ts";

/** So many beats from `from` on, of which those that are multiples of four and `shift` more begin bars. */
function beats(vote: BarVote, { from, count, shift = 0, confidence = 1, isMoved = false }: { from: number; count: number; shift?: number; confidence?: number; isMoved?: boolean }): BarVote {
  let next = vote;
  for (let beat = from; beat < from + count; beat += 1) next = voteBar(next, { beat, beatInBar: ((beat + shift) % 4) + 1, metre: 4, confidence }, { isMoved, isGuess: true });
  return next;
}

describe("which beat begins a bar", () => {
  it("is known after four beats of which the analyzer is sure, and after sixteen others", () => {
    expect(beats(noBarVote, { from: 0, count: 3 }).known).toBe(false);
    expect(beats(noBarVote, { from: 0, count: 4, shift: 1 })).toMatchObject({ known: true, shift: 1 });
    expect(beats(noBarVote, { from: 0, count: 15, confidence: 0.25 }).known).toBe(false);
    expect(beats(noBarVote, { from: 0, count: 16, confidence: 0.25 }).known).toBe(true);
  });

  it("changes after eight beats, one that held for long after 32", () => {
    const short = beats(noBarVote, { from: 0, count: 12 });
    expect(beats(short, { from: 12, count: 8, shift: 2 }).shift).toBe(2);
    const long = beats(noBarVote, { from: 0, count: 40 });
    expect(beats(long, { from: 40, count: 31, shift: 2 }).shift).toBe(0);
    expect(beats(long, { from: 40, count: 32, shift: 2 }).shift).toBe(2);
  });

  it("changes after four beats where the bar may have jumped, one that held for long after eight", () => {
    const short = beats(noBarVote, { from: 0, count: 12 });
    expect(beats(short, { from: 12, count: 4, shift: 1, isMoved: true }).shift).toBe(1);
    const long = beats(noBarVote, { from: 0, count: 40 });
    expect(beats(long, { from: 40, count: 7, shift: 1, isMoved: true }).shift).toBe(0);
    expect(beats(long, { from: 40, count: 8, shift: 1, isMoved: true }).shift).toBe(1);
  });

  it("is where a person says, after two beats", () => {
    const long = beats(noBarVote, { from: 0, count: 40 });
    const given = { beatInBar: 3, metre: 4, confidence: 0.97 };
    const first = voteBar(long, { beat: 40, ...given }, { isMoved: true, isGuess: false });
    expect(first.shift).toBe(0);
    expect(voteBar(first, { beat: 41, ...given, beatInBar: 4 }, { isMoved: true, isGuess: false }).shift).toBe(2);
  });

  it("does not change for beats that the analyzer itself takes for wrong", () => {
    const long = beats(noBarVote, { from: 0, count: 40 });
    expect(beats(long, { from: 40, count: 100, shift: 1, confidence: 0.05, isMoved: true })).toEqual(long);
  });

  it("forgets at a drop what spoke against a bar that held for long", () => {
    const long = beats(beats(noBarVote, { from: 0, count: 40 }), { from: 40, count: 31, shift: 1 });
    expect(beats(withoutDoubt(long), { from: 71, count: 7, shift: 1, isMoved: true }).shift).toBe(0);
    const short = beats(beats(noBarVote, { from: 0, count: 12 }), { from: 12, count: 7, shift: 1 });
    expect(beats(withoutDoubt(short), { from: 19, count: 1, shift: 1, isMoved: true }).shift).toBe(1);
  });
});
