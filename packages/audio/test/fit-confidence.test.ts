import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { needs } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { statedBar, statedConfidence, statedPhrase } from "../src/rhythm/trust/stated.ts";
import { statedBarWeights, statedPhraseWeights, statedWeights } from "../src/rhythm/trust/stated-weights.ts";

/** Trust, half, chance of the place in the bar, chance of the bar in the phrase. */
type Row = [number, number, number, number];

const scripts = fileURLToPath(new URL("../../../scripts/train-beats", import.meta.url));
const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import json
import numpy as np
from fit_confidence import fit_all, stated, stated_bar, stated_phrase
rows, weights, bar_weights, phrase_weights = (np.array(json.loads(text)) for text in sys.argv[2:])
chances = stated(rows, weights)
bars = stated_bar(rows, chances, bar_weights)
counts = stated_phrase(rows, bars, phrase_weights)
k = np.arange(20000)
known = np.column_stack([.1 + .89 * (k % 97) / 97, .4 * (k % 53) / 53, .02 + .96 * (k % 89) / 89, .02 + .96 * (k % 83) / 83, np.zeros(len(k)), np.zeros(len(k)), np.zeros(len(k))])
beat = stated(known, weights)
bar = stated_bar(known, beat, bar_weights)
for column, each, step in (4, beat, .6180339887), (5, bar, .4142135624), (6, stated_phrase(known, bar, phrase_weights), .7320508076):
    known[:, column] = each > (k * step) % 1
known[::3, 6] = np.nan
print(json.dumps([chances.tolist(), bars.tolist(), counts.tolist(), [each.tolist() for each in fit_all([known, known[:5000]])]]))
`;

describe("scripts/train-beats/fit_confidence.py", needs("python3", "numpy"), () => {
  it("states the same confidences as the tracker, so that its figures are the tracker's, and finds the weights by which beats, places and bars are right", () => {
    const values = [0, 0.03, 0.1, 0.4, 0.8, 0.995, 1];
    const rows = values.flatMap((trust, k) => [0, 0.05, 0.4].map((half): Row => [trust, half, values[(k + 2) % 7] ?? NaN, values[(k + 4) % 7] ?? NaN]));
    const weights = [statedWeights, statedBarWeights, statedPhraseWeights];
    const theirs: unknown = JSON.parse(execFileSync("python3", ["-c", program, scripts, JSON.stringify(rows), ...weights.map((each) => JSON.stringify(each))], { encoding: "utf8" }));
    const close = (value: number, digits = 9): unknown => expect.closeTo(value, digits);
    const bar = ([trust, half, place]: Row): number => statedBar(place, statedConfidence(trust, half));
    const chances = [([trust, half]: Row) => statedConfidence(trust, half), bar, (row: Row) => statedPhrase(row[3], bar(row))];
    expect(theirs).toEqual([...chances.map((stated) => rows.map((row) => close(stated(row)))), weights.map((each) => each.map((weight) => close(weight, 0)))]);
  });
});
