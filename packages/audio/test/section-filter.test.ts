import { expect, it } from "vitest";
import { createSectionFilter, soundingSections } from "../src/structure/section-filter.ts";

it("a build-up that is reported speaks for its section, and for no other", () => {
  const chances = [false, true].map((rising) => {
    const filter = createSectionFilter({ values: new Float64Array(29).fill(0.5), peak: 1 });
    for (let hop = 0; hop < 400; hop += 1) filter.push(rising);
    return filter.chances;
  });
  const [without, reported] = chances.map((each) => each[soundingSections.indexOf("build")] ?? NaN);
  expect(reported).toBeGreaterThan(2 * (without ?? NaN));
  for (const each of chances) expect(each.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 6);
});
