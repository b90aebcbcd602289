import { describe, expect, it } from "vitest";
import { createTempoFold, folded } from "../src/rhythm/tempo/fold.ts";

describe("the reported tempo", () => {
  it.each([[56, 112], [25, 100], [190, 95], [400, 100], [60, 60], [180, 180], [128, 128]])("is the octave of %i BPM within 60 to 180", (bpm, shown) => {
    expect(folded(bpm)).toBe(shown);
  });

  it("of a measured tempo around the end of the range stays in its octave", () => {
    const upper = createTempoFold();
    expect([179, 181, 183, 178].map((bpm) => upper.of(bpm))).toEqual([179, 180, 180, 178]);
    expect([186, 182, 179].map((bpm) => upper.of(bpm))).toEqual([93, 91, 89.5]);
    const lower = createTempoFold();
    expect([61, 59.5].map((bpm) => lower.of(bpm))).toEqual([61, 60]);
    expect([57, 59.5, 61].map((bpm) => lower.of(bpm))).toEqual([114, 119, 122]);
    upper.reset();
    expect(upper.of(179)).toBe(179);
  });
});
