// `pnpm score [folder]`: our tracker on the labelled clips, as emitted, under the rows of the rivals. Needs a build.
// The folder holds dev/NAME.ogg, dev/NAME.json and peers-dev.json; default $VJ_BEATS_DIR, then ../shared/beats.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { analyzeSamples } from "@vj/audio";
import { decodeFile } from "@vj/audio-analyzer";
import { readCommandLine, refuse } from "../command-line.mjs";
import { beginWork } from "../long-work.mjs";
import { aubioBeats, aubioOnsets, hasAubio } from "./aubio.mjs";
import { mean, measureBeats, median } from "./beat-measures.mjs";
import { interval } from "./bootstrap.mjs";
import { scoreBars } from "./bars.mjs";
import { createStatedReport } from "./calibration.mjs";
import { scoreSongs } from "./songs.mjs";
import { readPeers, readTruth } from "./files.mjs";
import { measureOnsets, onsetLine } from "./onset-measures.mjs";

const root = join(import.meta.dirname, "../..");
const { names: [given = process.env.VJ_BEATS_DIR, ...songs], flags } = readCommandLine(`Usage: pnpm score [folder] [songs…] [--rivals] [--calibration]

Beats and tempo of our tracker against labelled music, which is not part of this repository.
The folder holds dev/NAME.ogg and dev/NAME.json ({"beats": [seconds...]}, and where they are known
"onsets", "drops", "ignore": [[from, to]...], "bpm"); default $VJ_BEATS_DIR, then ../shared/beats.
dev-c beside it may hold clips with bars ({"downbeats": [seconds...], "time_signature": "3/4"}).
Further folders are of generated songs (scripts/train-beats/make_songs.py).

Options:
  --rivals       also runs aubio on the same clips, where it is installed (Debian: aubio-tools)
  --calibration  also prints tables of the confidence: by tenths, the share of beats and tempi that are right`, undefined, ["--rivals", "--calibration"]);
const byTenths = flags.includes("--calibration");
const rivals = flags.includes("--rivals") && hasAubio();
if (flags.includes("--rivals") && !rivals) console.error("aubio is not installed and is left out: apt-get install aubio-tools");
const folder = resolve(root, given ?? "../shared/beats");
const clips = join(folder, "dev");
if (given !== undefined && !existsSync(folder)) refuse(`${folder} does not exist`);
if (!existsSync(clips)) {
  console.log(`nothing scored: there are no labelled clips (dev/NAME.ogg with dev/NAME.json) in ${folder}.`);
  console.log("They are not part of this repository; give a folder of your own as argument or in VJ_BEATS_DIR.");
  process.exit(given === undefined ? 0 : 1);
}
/** @type {Map<string, import("./beat-measures.mjs").Measures>} */
const rows = new Map();
/** @type {import("./beat-measures.mjs").Measures[]} */
const aubio = [];
const stated = createStatedReport("dev");
/** @type {Record<"ours" | "aubio", import("./onset-measures.mjs").OnsetMeasures[]>} */
const onsets = { ours: [], aubio: [] };
let cpu = 0;
let seconds = 0;
const files = readdirSync(clips).filter((f) => f.endsWith(".json") && f !== "index.json").sort();
if (files.length === 0) refuse(`${clips} holds no labels: NAME.json beside NAME.ogg`);
const progress = beginWork();
process.on("uncaughtException", (error) => {
  progress.end();
  console.error(error.message);
  process.exit(1);
});
for (const [index, file] of files.entries()) {
  progress.show(index / files.length, `${index + 1}/${files.length} ${file}`);
  const name = file.slice(0, -".json".length);
  const { samples, sampleRate } = await decodeFile(join(clips, `${name}.ogg`));
  const truth = readTruth(join(clips, file), samples.length / sampleRate);
  const before = process.cpuUsage();
  const analysis = analyzeSamples(samples, sampleRate);
  cpu += process.cpuUsage(before).user / 1e6;
  seconds += analysis.duration;
  rows.set(name, measureBeats(truth, analysis));
  stated.add(truth, analysis);
  if (rivals) aubio.push(measureBeats(truth, aubioBeats(samples, sampleRate)));
  if (truth.onsets === undefined || truth.onsets === null || truth.onsets.length === 0) continue;
  onsets.ours.push(measureOnsets(truth.onsets, analysis.onsets));
  if (rivals) onsets.aubio.push(measureOnsets(truth.onsets, aubioOnsets(samples, sampleRate)));
}
progress.end();

const all = [...rows.values()];
const NAME_WIDTH = 66;
/** @type {readonly ("F" | "CMLt" | "AMLt" | "Acc1" | "Acc2")[]} */
const columns = ["F", "CMLt", "AMLt", "Acc1", "Acc2"];
/** Figures of one row; null or left out where they do not apply. @typedef {Partial<Record<"F" | "CMLt" | "AMLt" | "Acc1" | "Acc2" | "bias", number | null | undefined>>} Row */
/** @param {number | null | undefined} value */
const fixed = (value, digits = 3) => (value === undefined || value === null || Number.isNaN(value) ? "-" : value.toFixed(digits)).padStart(7);
/** @param {string} name @param {Row} row */
const line = (name, row) => console.log(name.padEnd(NAME_WIDTH), ...columns.map((c) => fixed(row[c])), fixed(row.bias, 0));
console.log(`as emitted, ${rows.size} clips`.padEnd(NAME_WIDTH), ...columns.map((c) => c.padStart(7)), "bias ms");
const peers = readPeers(join(folder, "peers-dev.json"));
for (const { name, causal, as_emitted, as_dated } of peers) {
  const overall = (as_emitted ?? as_dated)?.overall;
  const tempoOnly = overall?.F === 0 ? { F: null, CMLt: null, AMLt: null } : {};
  line(causal ? name : `${name} (whole file)`, { ...overall, ...tempoOnly });
}
/** @param {readonly import("./beat-measures.mjs").Measures[]} list @param {(typeof columns)[number] | "bias"} column */
const known = (list, column) => list.map((row) => row[column]).filter((value) => value !== null);
/** @param {string} name @param {readonly import("./beat-measures.mjs").Measures[]} list */
const overall = (name, list) => line(name, { ...Object.fromEntries(columns.map((c) => [c, mean(known(list, c))])), bias: median(known(list, "bias")) });
if (aubio.length > 0) overall("aubiotrack, run now (as dated)", aubio);
overall("vj-bus", all);

const [low, high] = interval(known(all, "F"));
console.log(`\nF 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`);
const rival = peers.find((peer) => peer.name.startsWith("BTrack"));
if (rival !== undefined) {
  const gains = [...rows].flatMap(([name, { F }]) => (rival.clip[name] === undefined ? [] : F - rival.clip[name].F));
  const [least, most] = interval(gains);
  console.log(`F above BTrack, clip by clip: ${mean(gains).toFixed(3)}, 95 % interval ${least.toFixed(3)} to ${most.toFixed(3)}`);
}
/** @param {"drops" | "dropHits" | "dropsFound"} key */
const sum = (key) => all.reduce((total, row) => total + row[key], 0);
const falsePerMinute = (sum("dropsFound") - sum("dropHits")) / (seconds / 60);
console.log(`drops: ${sum("dropHits")} of ${sum("drops")} hit, ${falsePerMinute.toFixed(2)} false a minute over all clips`);
if (onsets.ours.length > 0) console.log(onsetLine("vj-bus", onsets.ours));
if (onsets.aubio.length > 0) console.log(onsetLine("aubioonset, run now", onsets.aubio));
console.log(`whole analyzer: ${((100 * cpu) / seconds).toFixed(2)} % of one core`);
stated.print(byTenths);

const others = join(folder, "dev-c");
if (existsSync(others)) await scoreBars(others, byTenths, progress);
for (const set of songs) scoreSongs(resolve(set), byTenths, progress);
