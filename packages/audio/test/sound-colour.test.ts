import { expect, it } from "vitest";
import { createSoundColour } from "../src/rhythm/trust/sound-colour.ts";

/** Log bands as the front end gives them: relative to the peak. */
const bandsOf = (levels: readonly number[], peak: number): Float64Array => Float64Array.from(levels, (level) => Math.log1p((100 * level) / peak));

it("compares at the gain of the music: what is left of it gains nothing while the front end turns it up, another sound does", () => {
  const colour = createSoundColour(3);
  const play = (levels: readonly number[], peakOf: (second: number) => number): void => {
    for (let hop = 0; hop < 1000; hop += 1) {
      const peak = peakOf(hop / 100);
      colour.listen(bandsOf(levels, peak), peak);
    }
    colour.compare();
  };
  play([1, 0.3, 0.1], () => 1);
  colour.learn(1);
  play([0, 0.3, 0.1], (second) => Math.max(0.3, Math.exp(-second / 7)));
  expect(colour.added).toBeLessThan(0.01);
  expect(colour.lost).toBeGreaterThan(1);
  play([0, 0.3, 0.9], () => 0.9);
  expect(colour.added).toBeGreaterThan(0.5);
  colour.forget();
  play([0.01, 0.01, 0.01], () => 0.01);
  colour.learn(1);
  colour.compare();
  expect(colour.apart).toBeLessThan(0.01);
});
