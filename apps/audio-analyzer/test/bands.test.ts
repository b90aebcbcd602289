import { levelBands, spectrumBins } from "@vj/audio";
import { bandEdgesHz, spectrumBins as sentBins } from "@vj/schema";
import { expect, it } from "vitest";

it("measures the bands and bins of the table of addresses", () => {
  expect([...levelBands.map(({ lowHz }) => lowHz), levelBands.at(-1)?.highHz]).toEqual([...bandEdgesHz]);
  expect(spectrumBins).toBe(sentBins);
});
