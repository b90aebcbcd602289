// The built analyzer with any networks over folders of clips: VJ_NETS=FILE,FILE… node score-nets.mjs OUT.json FOLDER…
// A folder holds NAME.ogg with NAME.json (labelled clips) or k.pcm with k.json (make_songs.py). Prints the mean of each folder, writes each clip's figures.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { register } from "node:module";
import { readNames, refuse } from "../../command-line.mjs";
import { mean, measureBeats, median } from "../../score/beat-measures.mjs";
import { readTruth } from "../../score/files.mjs";

const [out, ...folders] = readNames("Usage: VJ_NETS=FILE,FILE… node score-nets.mjs OUT.json FOLDER…\n\nScores the built analyzer with any networks over folders of clips.");
if (out === undefined || folders.length === 0) refuse("give a file for the figures and at least one folder of clips");
if (existsSync(out)) refuse(`${out} is there already; nothing is overwritten: give another name for the figures`);

register("./nets-hook.mjs", import.meta.url);
// What loads the analyzer is imported after the hook, or the shipped networks would be in memory already.
const { decodeFile } = await import("../../../apps/audio-analyzer/dist/index.js");
const { downbeatF } = await import("../../score/bars.mjs");
const { readSong } = await import("../../score/songs.mjs");
const { analyzeSamples } = await import("../../../packages/audio/dist/index.js");

/** @param {string} path without extension @param {boolean} packed made by make_songs.py */
const clipOf = async (path, packed) => (packed ? readSong(path) : { ...(await decodeFile(`${path}.ogg`)), truth: readTruth(`${path}.json`), style: basename(path).split("-")[0] ?? "" });

/** @type {Record<string, Record<string, unknown>>} */
const all = {};
for (const folder of folders) {
  const files = readdirSync(folder);
  const packed = files.some((name) => name.endsWith(".pcm"));
  /** @type {(import("../../score/beat-measures.mjs").Measures & { downF: number | null, style: string })[]} */
  const rows = [];
  for (const file of files.filter((name) => name.endsWith(packed ? ".pcm" : ".ogg")).sort()) {
    const path = join(folder, file.replace(/\.\w+$/, ""));
    const { samples, sampleRate, truth, style } = await clipOf(path, packed);
    if (truth.beats.length === 0) continue;
    const analysis = analyzeSamples(samples, sampleRate);
    const downF = (truth.downbeats ?? []).length > 0 ? downbeatF(truth.downbeats ?? [], analysis.downbeats) : null;
    const row = { ...measureBeats(truth, analysis), downF, style };
    rows.push(row);
    all[path] = row;
  }
  const figures = /** @type {const} */ (["F", "CMLt", "AMLt", "Acc1", "Acc2", "downF"]).map((name) => `${name} ${mean(rows.map((row) => row[name]).filter((value) => value !== null)).toFixed(3)}`);
  const bias = median(rows.map((row) => row.bias).filter((value) => value !== null));
  console.log(`${basename(folder)} (${rows.length}): ${figures.join(", ")}, bias ${bias.toFixed(1)} ms`);
}
writeFileSync(out, JSON.stringify(all, undefined, 1));
