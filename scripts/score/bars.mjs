// A set of clips with bars: beats as in the main table, and F of the downbeats by metre.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { analyzeSamples } from "@vj/audio";
import { decodeFile } from "@vj/audio-analyzer";
import { matches, mean, measureBeats } from "./beat-measures.mjs";
import { createStatedReport } from "./calibration.mjs";
import { readTruth } from "./files.mjs";
import { createLiveForm } from "./live-form.mjs";
import { createPlaceReport } from "./place-calibration.mjs";

/** Downbeats of the first seconds do not count, as beats do not; nor those farther off than this, s. */
const SKIP = 5;
const WINDOW = 0.07;

/** @param {readonly number[]} reference @param {readonly number[]} found */
export function downbeatF(reference, found) {
  const [wanted, given] = [reference, found].map((times) => times.filter((time) => time >= SKIP));
  return wanted === undefined || given === undefined ? Number.NaN : (2 * matches(wanted, given, WINDOW).length) / Math.max(1, wanted.length + given.length);
}

/**
 * Prints the figures of a folder of NAME.ogg with NAME.json.
 * @param {string} clips
 * @param {boolean} byTenths also a table of the confidence
 * @param {import("@vj/terminal").Progress} progress
 */
export async function scoreBars(clips, byTenths, progress) {
  /** @type {import("./beat-measures.mjs").Measures[]} */
  const rows = [];
  /** F of each clip, by the name of its metre. @type {Map<string, number[]>} */
  const byMetre = new Map();
  const stated = createStatedReport(basename(clips));
  const places = createPlaceReport(basename(clips));
  const files = readdirSync(clips).filter((name) => name.endsWith(".json")).sort();
  for (const [index, file] of files.entries()) {
    progress.show(index / files.length, `${index + 1}/${files.length} ${basename(clips)}/${file}`);
    const { samples, sampleRate } = await decodeFile(join(clips, file.replace(".json", ".ogg")));
    const truth = readTruth(join(clips, file), samples.length / sampleRate);
    const live = createLiveForm();
    const analysis = analyzeSamples(samples, sampleRate, {}, live.take);
    rows.push(measureBeats(truth, analysis));
    stated.add(truth, analysis);
    places.add(truth, live.beats);
    const downbeats = truth.downbeats ?? [];
    if (downbeats.length === 0) continue;
    const metre = truth.time_signature ?? "unknown";
    byMetre.set(metre, [...(byMetre.get(metre) ?? []), downbeatF(downbeats, analysis.downbeats)]);
  }
  progress.end();
  const figure = (/** @type {"F" | "CMLt" | "AMLt"} */ name) => `${name} ${mean(rows.map((row) => row[name])).toFixed(3)}`;
  console.log(`\n${basename(clips)}, ${rows.length} clips as emitted: ${figure("F")}, ${figure("CMLt")}, ${figure("AMLt")}`);
  for (const [metre, values] of byMetre) console.log(`downbeat F in ${metre}: ${mean(values).toFixed(3)} (${values.length} clips)`);
  stated.print(byTenths);
  places.print(byTenths);
}
