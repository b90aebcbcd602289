// Generated songs: NAME.pcm with NAME.json, as scripts/train-beats/make_songs.py and forms.py write them.
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { analyzeSamples } from "@vj/audio";
import { z } from "zod";
import { rate, samplesOf } from "../train-beats/song-reader.mjs";
import { downbeatF } from "./bars.mjs";
import { mean, measureBeats, median } from "./beat-measures.mjs";
import { createStatedReport } from "./calibration.mjs";
import { parse } from "./files.mjs";
import { formLine, measureForm } from "./form-measures.mjs";
import { createLiveForm } from "./live-form.mjs";
import { createPlaceReport } from "./place-calibration.mjs";

const labels = z.looseObject({
  beats: z.array(z.number()),
  downs: z.array(z.number()),
  style: z.string(),
  sections: z.array(z.tuple([z.number(), z.string()])).default([]),
  phrases: z.array(z.number()).default([]),
});

/**
 * A song and its labels; sounds that are not music have no beats.
 * @param {string} path without extension @throws Error when the labels are invalid
 */
export const readSong = (path) => {
  const samples = samplesOf(`${path}.pcm`);
  const { beats, downs, style, sections, phrases } = parse(labels, `${path}.json`);
  const between = beats.slice(1).map((beat, k) => beat - (beats[k] ?? Number.NaN));
  /** @type {import("./files.mjs").Truth} */
  const truth = { duration: samples.length / rate, beats, downbeats: downs, drops: [], ignore: [], bpm: beats.length > 4 ? 60 / median(between) : null };
  return { samples, sampleRate: rate, truth, style, form: { sections, phrases } };
};

/**
 * Prints the figures of a folder of songs.
 * @param {string} folder
 * @param {boolean} byTenths also tables of the confidence
 * @param {import("@vj/terminal").Progress} progress
 */
export const scoreSongs = (folder, byTenths, progress) => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".pcm")).map((name) => name.slice(0, -".pcm".length)).sort();
  if (names.length === 0) throw new Error(`${folder} holds no songs (NAME.pcm with NAME.json): scripts/train-beats/make_songs.py makes them`);
  /** @type {(import("./beat-measures.mjs").Measures & { bar: number })[]} */
  const rows = [];
  /** @type {import("./form-measures.mjs").FormMeasures[]} */
  const forms = [];
  /** The same as a file has them. @type {import("./form-measures.mjs").FormMeasures[]} */
  const dated = [];
  const places = createPlaceReport(basename(folder));
  const stated = createStatedReport(basename(folder));
  for (const [index, name] of names.entries()) {
    progress.show(index / names.length, `${index + 1}/${names.length} ${basename(folder)}/${name}`);
    const { samples, sampleRate, truth, form } = readSong(join(folder, name));
    const live = createLiveForm();
    const analysis = analyzeSamples(samples, sampleRate, {}, live.take);
    stated.add(truth, analysis);
    places.add({ ...truth, phrases: form.phrases }, live.beats);
    if (form.sections.length > 0) {
      const labelled = { ...form, beats: truth.beats, duration: truth.duration };
      forms.push(measureForm(labelled, live));
      dated.push(measureForm(labelled, analysis));
    }
    if (truth.beats.length > 0) rows.push({ ...measureBeats(truth, analysis), bar: downbeatF(truth.downbeats ?? [], analysis.downbeats) });
  }
  progress.end();
  const figure = (/** @type {"F" | "CMLt" | "AMLt" | "bar"} */ name) => mean(rows.map((row) => row[name])).toFixed(3);
  console.log(`\n${basename(folder)}, ${rows.length} songs as emitted: F ${figure("F")}, CMLt ${figure("CMLt")}, AMLt ${figure("AMLt")}, downbeat F ${figure("bar")}`);
  for (const line of [formLine(`${basename(folder)}, live`, forms), formLine(`${basename(folder)}, as vj analyze has it`, dated)]) if (line !== undefined) console.log(line);
  stated.print(byTenths);
  places.print(byTenths);
};
