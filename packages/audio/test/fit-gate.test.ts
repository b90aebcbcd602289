import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { needs, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { createEnding } from "../src/rhythm/trust/ending.ts";
import { createEndingMeasures } from "../src/rhythm/trust/ending-measures.ts";
import { endingWeights } from "../src/rhythm/trust/ending-weights.ts";

const scripts = fileURLToPath(new URL("../../../scripts/train-beats", import.meta.url));
const bandCount = 4;
const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import json
import numpy as np
from types import SimpleNamespace
from gate_sum import ended
rows = np.fromfile(sys.argv[2], "<f8").reshape(-1, 7)
out = ended(SimpleNamespace(height=rows[:, 0], inputs=rows[:, 1:]), np.array(json.loads(sys.argv[3])))
print(json.dumps(out.astype(int).tolist()))
`;
/** Music, then speech, music again, a held chord that it leaves, and another chord. */
const sounds = [
  { height: 0.9, onBeat: 1, colour: [2, 2, 1, 1], jitter: 0.2, seconds: 4 },
  { height: 0.25, onBeat: 0.1, colour: [0, 1, 2, 2], jitter: 0.25, seconds: 6 },
  { height: 0.9, onBeat: 1, colour: [2, 2, 1, 1], jitter: 0.2, seconds: 4 },
  { height: 0.2, onBeat: 0.3, colour: [0.3, 2, 1, 0.3], jitter: 0.01, seconds: 4 },
  { height: 0.12, onBeat: 0.1, colour: [0, 1, 4, 4], jitter: 0.01, seconds: 6 },
];

describe("scripts/train-beats/gate_sum.py", needs("python3", "numpy"), () => {
  it("finds the end of music in the same frames as the tracker, so that its figures are the tracker's", async () => {
    await using dir = tempDir();
    const ending = createEnding(bandCount);
    const measures = createEndingMeasures(bandCount);
    const rows: number[] = [];
    const ours: number[] = [];
    let frame = 0;
    for (const { height, onBeat, colour, jitter, seconds } of sounds) {
      for (const last = frame + seconds * 100; frame < last; frame += 1) {
        const bands = Float64Array.from(colour, (level, b) => level + jitter * ((frame + b) % 3));
        const peak = frame % 50 < 3;
        for (const each of [ending, measures]) {
          each.listen(bands, 1);
          each.push(peak ? height : 0.01, peak ? onBeat : 0, { onHalf: 0, isMusic: frame < 300, attacks: true });
        }
        if (frame === 99) ending.begin();
        if (frame >= 99 && frame < 300) measures.learn();
        if (frame < 300) continue;
        measures.measure(true);
        measures.compare();
        rows.push(measures.height, ...measures.values);
        ours.push(Number(ending.ended));
      }
    }
    writeFileSync(dir.join("rows"), new Uint8Array(Float64Array.from(rows).buffer));
    const theirs: unknown = JSON.parse(execFileSync("python3", ["-c", program, scripts, dir.join("rows"), JSON.stringify(endingWeights)], { encoding: "utf8" }));
    expect(new Set(ours)).toEqual(new Set([0, 1]));
    expect(theirs).toEqual(ours);
  });
});
