// The tracker's filter over stored activations, without its gate and its bars: filter.mjs STORE FOLDER NAME+NAME… prints the means for each mean of networks.
// STORE: the folder that activations.py has filled; FOLDER: the clips. Options by environment: VJ_DETAIL=1 prints a line for each clip.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createTempoEvidence } from "../../../packages/audio/dist/rhythm/tempo/evidence.js";
import { createBeatPointer } from "../../../packages/audio/dist/rhythm/tempo/pointer.js";
import { createTempoSpace } from "../../../packages/audio/dist/rhythm/tempo/space.js";
import { createSalience } from "../../../packages/audio/dist/rhythm/trust/salience.js";
import { activationDelay } from "../../../packages/audio/dist/rhythm/activation/activation.js";
import { readNames, refuse } from "../../command-line.mjs";
import { mean, measureBeats, median } from "../../score/beat-measures.mjs";

const VALUES = 54;
const HOP = 0.01;
/** A beat sooner than this share of the interval after the last one is the same beat. */
const refractory = 0.6;

/** @param {string} file */
const floats = (file) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
};

/** Mean of the networks, value by value. @param {readonly Float32Array[]} parts */
const averageOf = (parts) => Float64Array.from(parts[0] ?? [], (_, k) => parts.reduce((sum, part) => sum + (part[k] ?? 0), 0) / parts.length);

/** The beats of a clip and its last tempo. @param {Float64Array} values */
const beatsOf = (values) => {
  const space = createTempoSpace();
  const evidence = createTempoEvidence(space, VALUES - 4);
  const pointer = createBeatPointer(space);
  const salience = createSalience();
  const beats = [];
  let last = -Infinity;
  for (let step = 0; step < values.length / VALUES; step++) {
    const row = values.subarray(step * VALUES, (step + 1) * VALUES);
    evidence.update(row.slice(4), salience.value);
    pointer.applyPrior(evidence.weights);
    for (const chance of [row[0] ?? 0, row[2] ?? 0]) {
      salience.push(chance);
      pointer.update(chance, salience.value);
    }
    const now = (2 * step + 2) * HOP;
    const interval = pointer.interval * HOP;
    let next = now + (1 - pointer.phase) * interval - activationDelay * HOP;
    while (next < last + refractory * interval) next += interval;
    if (next >= now + HOP * 2) continue;
    beats.push(next);
    last = next;
  }
  return { beats, bpm: 60 / (pointer.interval * HOP), drops: [] };
};

const [store, folder, ...mixes] = readNames("Usage: node filter.mjs STORE FOLDER NAME+NAME…\n\nScores means of networks whose activations activations.py has stored.");
if (store === undefined || folder === undefined || mixes.length === 0) refuse("give the store, a folder of clips and at least one mix of networks");
const kept = join(store, basename(folder));
const clips = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "index.json").map((name) => name.slice(0, -".json".length)).sort();
for (const mix of mixes) {
  /** @type {import("../../score/beat-measures.mjs").Measures[]} */
  const rows = [];
  for (const clip of clips) {
    const values = averageOf(mix.split("+").map((name) => floats(join(kept, `${clip}.${name}.f32`))));
    const label = JSON.parse(readFileSync(join(folder, `${clip}.json`), "utf8"));
    if (label.beats.length < 4) continue;
    const between = median(label.beats.slice(1).map((/** @type {number} */ time, /** @type {number} */ k) => time - label.beats[k]));
    const truth = { duration: (values.length / VALUES) * 2 * HOP, drops: [], ignore: [], bpm: 60 / between, ...label };
    const row = measureBeats(truth, beatsOf(values));
    if (process.env.VJ_DETAIL === "1") console.log(clip.padEnd(40), row.F.toFixed(3), row.CMLt.toFixed(3), row.AMLt.toFixed(3));
    rows.push(row);
  }
  const figures = /** @type {const} */ (["F", "CMLt", "AMLt", "Acc1", "Acc2"]).map((name) => `${name} ${mean(rows.map((row) => row[name]).filter((value) => value !== null)).toFixed(3)}`);
  console.log(`${basename(folder)} ${mix} (${rows.length}): ${figures.join(", ")}, bias ${median(rows.map((row) => row.bias).filter((value) => value !== null)).toFixed(1)} ms`);
}
