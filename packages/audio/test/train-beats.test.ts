import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { needs, tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { createBeatFeatures } from "../src/rhythm/bar/beat-features.ts";
import { createBeatRepeats } from "../src/rhythm/bar/beat-repeats.ts";
import { createLogBands, logBandCount } from "../src/rhythm/front-end/log-bands.ts";
import { house } from "./rhythm-clips.ts";

const rate = 44_100;
const features = fileURLToPath(new URL("../../../scripts/train-beats", import.meta.url));
const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import numpy as np
from features import log_bands
log_bands(np.fromfile(sys.argv[2], "<f4")).astype("<f4").tofile(sys.argv[3])
`;

/** Describes beats half a second apart. */
const beats = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import numpy as np
from bar_beats import described
bands = np.fromfile(sys.argv[2], "<f4").reshape(-1, int(sys.argv[3]))
halves, rows = described(bands, np.zeros(len(bands)), np.arange(1, 12) / 2)
np.concatenate([halves, rows[:, 1:]], 1).astype("<f4").tofile(sys.argv[4])
`;

/** The same by the tracker. */
function describedBy(rows: Float32Array): number[] {
  const bands = new Float64Array(logBandCount);
  const features = createBeatFeatures(bands);
  const repeats = createBeatRepeats(features.shape.length);
  const described: number[] = [];
  for (let frame = 0; frame < rows.length / logBandCount; frame += 1) {
    if (frame > 50 && frame % 50 === 0 && frame <= 550) {
      features.take(50);
      repeats.take(features.shape);
      described.push(...features.halves, ...features.values, ...repeats.values);
    }
    bands.set(rows.subarray(frame * logBandCount, (frame + 1) * logBandCount));
    features.push();
  }
  return described;
}

/** Draws the plans of songs; the sound fonts, which a plan does not need, are left out. */
const plans = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from types import SimpleNamespace
sys.modules["world.fonts"] = SimpleNamespace(Fonts=None, GENERAL=[0], SR=44100, DRUM_BANK=128)
import numpy as np
from world.song import Song
for seed in range(12):
    song = Song(np.random.default_rng(seed), 20)
    print(song.style, [sorted(layers) for layers in song.active], song.rng.random())
`;

/** The rows of the front end, as in the tracker. */
function rowsOf(samples: Float32Array): Float32Array {
  const bands = createLogBands(rate);
  const ring = new Float32Array(bands.size);
  const rows = new Float32Array(Math.floor(samples.length / bands.hop) * logBandCount);
  for (let i = 0; i < samples.length; i += 1) {
    ring[i % bands.size] = samples[i] ?? 0;
    if ((i + 1) % bands.hop !== 0) continue;
    bands.analyse(ring, (i + 1) % bands.size);
    rows.set(bands.values, ((i + 1) / bands.hop - 1) * logBandCount);
  }
  return rows;
}

describe("scripts/train-beats/features.py", needs("python3", "numpy"), () => {
  it("gives the numbers of the front end, so that the networks get what they were trained on", async () => {
    await using dir = tempDir();
    const samples = house(3);
    writeFileSync(dir.join("in.f32"), new Uint8Array(samples.buffer));
    execFileSync("python3", ["-c", program, features, dir.join("in.f32"), dir.join("out.f32")]);
    const theirs = new Float32Array(new Uint8Array(readFileSync(dir.join("out.f32"))).buffer);
    const ours = rowsOf(samples);
    expect(theirs).toHaveLength(ours.length);
    expect(Math.max(...ours)).toBeGreaterThan(4);
    expect(ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? NaN))), 0)).toBeLessThan(1e-4);
  });
});

describe("scripts/train-beats/world", needs("python3", "numpy"), () => {
  it("draws the same songs in each run, so that networks can be made again", () => {
    // The order of a set of words follows this seed, which is another one in each run.
    const [first, second] = ["1", "2"].map((PYTHONHASHSEED) => execFileSync("python3", ["-c", plans, features], { encoding: "utf8", env: { ...process.env, PYTHONHASHSEED } }));
    expect(first?.trim().split("\n")).toHaveLength(12);
    expect(second).toBe(first);
  });
});

describe("scripts/train-beats/bar_beats.py", needs("python3", "numpy"), () => {
  it("describes beats as the tracker does, so that the network of the bar gets what it was trained on", async () => {
    await using dir = tempDir();
    const rows = rowsOf(house(6));
    writeFileSync(dir.join("bands.f32"), new Uint8Array(rows.buffer));
    execFileSync("python3", ["-c", beats, features, dir.join("bands.f32"), String(logBandCount), dir.join("out.f32")]);
    const theirs = new Float32Array(new Uint8Array(readFileSync(dir.join("out.f32"))).buffer);
    const ours = describedBy(rows);
    expect(ours).toHaveLength(10 * (4 * logBandCount + 6 + 7));
    expect(ours.slice(-7).some((value) => value !== 0)).toBe(true);
    expect(theirs).toHaveLength(ours.length);
    expect(ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? NaN))), 0)).toBeLessThan(1e-4);
  });
});
