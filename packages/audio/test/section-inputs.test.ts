import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { needs, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { createSectionInputs } from "../src/structure/section-inputs.ts";

const scripts = fileURLToPath(new URL("../../../scripts/train-beats", import.meta.url));
const bandCount = 29;
const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import json
import numpy as np
from section_inputs import inputs
rows = np.fromfile(sys.argv[2], "<f8").reshape(-1, ${1 + bandCount})
print(json.dumps(inputs(rows[:, 1:], rows[:, 0]).tolist()))
`;

describe("scripts/train-beats/section_inputs.py", needs("python3", "numpy"), () => {
  it("gives what the tracker gives, so that the network gets what it was trained with", async () => {
    await using dir = tempDir();
    const bands = { values: new Float64Array(bandCount), peak: 0 };
    const inputs = createSectionInputs(bands);
    const rows: number[] = [];
    const ours: number[][] = [];
    for (let frame = 0; frame < 1000; frame += 1) {
      bands.peak = 0.2 + 0.1 * Math.cos(frame / 90);
      for (let b = 0; b < bandCount; b += 1) bands.values[b] = 2 + Math.sin(frame * (b + 1)) + Math.sin(frame / 40);
      rows.push(bands.peak, ...bands.values);
      if (inputs.push()) ours.push([...inputs.values]);
    }
    writeFileSync(dir.join("rows"), new Uint8Array(Float64Array.from(rows).buffer));
    const theirs = JSON.parse(execFileSync("python3", ["-c", program, scripts, dir.join("rows")], { encoding: "utf8" })) as number[][];
    expect(ours).toHaveLength(40);
    theirs.forEach((row, tick) => row.forEach((value, k) => expect(ours[tick]?.[k], `tick ${tick}, value ${k}`).toBeCloseTo(value, 9)));
    expect(ours[4]?.slice(-2)).toEqual([Math.exp(-1 / 8), Math.exp(-1 / 40)]);
  });
});
