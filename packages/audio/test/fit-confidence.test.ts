import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { needs } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { statedConfidence } from "../src/rhythm/trust/stated.ts";
import { statedWeights } from "../src/rhythm/trust/stated-weights.ts";

const scripts = fileURLToPath(new URL("../../../scripts/train-beats", import.meta.url));
const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import json
import numpy as np
from fit_confidence import fit, stated
rows, weights = (np.array(json.loads(text)) for text in sys.argv[2:])
chances = stated(rows, weights)
k = np.arange(20000)
known = np.column_stack([.1 + .89 * (k % 97) / 97, .4 * (k % 53) / 53, np.zeros(len(k))])
known[:, 2] = stated(known, weights) > (k * .6180339887) % 1
print(json.dumps([chances.tolist(), fit(known).tolist()]))
`;

describe("scripts/train-beats/fit_confidence.py", needs("python3", "numpy"), () => {
  it("states the same confidence as the tracker, so that its figures are the tracker's, and finds the weights by which beats are right", () => {
    const rows = [0, 0.03, 0.1, 0.4, 0.8, 0.995, 1].flatMap((trust) => [0, 0.05, 0.4].map((half): [number, number] => [trust, half]));
    const theirs: unknown = JSON.parse(execFileSync("python3", ["-c", program, scripts, JSON.stringify(rows), JSON.stringify(statedWeights)], { encoding: "utf8" }));
    const chances = rows.map(([trust, half]): unknown => expect.closeTo(statedConfidence(trust, half), 9));
    expect(theirs).toEqual([chances, statedWeights.map((weight): unknown => expect.closeTo(weight, 0))]);
  });
});
