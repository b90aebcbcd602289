// `pnpm score [folder]`: our tracker on the labelled clips, as emitted, under the rows of the rivals. Needs a build.
// The folder holds dev/NAME.ogg, dev/NAME.json and peers-dev.json; default $VJ_BEATS_DIR, then ../shared/beats.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readNames } from "../command-line.mjs";
import { mean, measureBeats, median } from "./beat-measures.mjs";
import { interval } from "./bootstrap.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const [given = process.env.VJ_BEATS_DIR] = readNames(`Usage: pnpm score [folder]

Beats and tempo of our tracker against labelled music, which is not part of this repository.
The folder holds dev/NAME.ogg and dev/NAME.json ({"beats": [seconds...]}); default $VJ_BEATS_DIR, then ../shared/beats.`);
const folder = resolve(root, given ?? "../shared/beats");
const clips = join(folder, "dev");
if (!existsSync(clips)) {
  console.log(`nothing scored: there are no labelled clips (dev/NAME.ogg with dev/NAME.json) in ${folder}.`);
  console.log("They are not part of this repository; give a folder of your own as argument or in VJ_BEATS_DIR.");
  process.exit(given === undefined ? 0 : 1);
}
const fromApp = createRequire(join(root, "apps/audio-analyzer/package.json"));
const load = (name) => import(pathToFileURL(fromApp.resolve(name)).href);
const [{ decodeFile }, { analyzeSamples }] = await Promise.all([load("@vj/audio-analyzer"), load("@vj/audio")]);

const json = (path) => JSON.parse(readFileSync(path, "utf8"));
const names = readdirSync(clips).filter((f) => f.endsWith(".json") && f !== "index.json").map((f) => f.slice(0, -5)).sort();
const rows = {};
let cpu = 0;
let seconds = 0;
for (const name of names) {
  const { samples, sampleRate } = await decodeFile(join(clips, `${name}.ogg`));
  const before = process.cpuUsage();
  const analysis = analyzeSamples(samples, sampleRate);
  cpu += process.cpuUsage(before).user / 1e6;
  seconds += analysis.duration;
  rows[name] = measureBeats(json(join(clips, `${name}.json`)), analysis);
}

const all = Object.values(rows);
const NAME_WIDTH = 66;
const columns = ["F", "CMLt", "AMLt", "Acc1", "Acc2"];
const fixed = (value, digits = 3) => (value === undefined || Number.isNaN(value) ? "-" : value.toFixed(digits)).padStart(7);
const line = (name, row) => console.log(name.padEnd(NAME_WIDTH), ...columns.map((c) => fixed(row[c])), fixed(row.bias, 0));
console.log(`as emitted, ${names.length} clips`.padEnd(NAME_WIDTH), ...columns.map((c) => c.padStart(7)), "bias ms");
const peersFile = join(folder, "peers-dev.json");
const peers = existsSync(peersFile) ? Object.values(json(peersFile)) : [];
for (const peer of peers) {
  const { overall } = peer.as_emitted ?? peer.as_dated;
  const tempoOnly = overall.F === 0 ? { F: undefined, CMLt: undefined, AMLt: undefined } : {};
  line(peer.causal ? peer.name : `${peer.name} (whole file)`, { ...overall, ...tempoOnly });
}
const known = (column) => all.map((row) => row[column]).filter((v) => v !== null);
line("vj-bus", { ...Object.fromEntries(columns.map((c) => [c, mean(known(c))])), bias: median(known("bias")) });

const [low, high] = interval(known("F"));
console.log(`\nF 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`);
// The rivals' figures clip by clip are for the beats as dated, which favours them.
const rival = peers.find((peer) => peer.name.startsWith("BTrack"));
if (rival) {
  const gains = names.filter((name) => rival.clip[name]).map((name) => rows[name].F - rival.clip[name].F);
  const [least, most] = interval(gains);
  console.log(`F above BTrack, clip by clip: ${mean(gains).toFixed(3)}, 95 % interval ${least.toFixed(3)} to ${most.toFixed(3)}`);
}
const sum = (key) => all.reduce((total, row) => total + row[key], 0);
const falsePerMinute = (sum("dropsFound") - sum("dropHits")) / (seconds / 60);
console.log(`drops: ${sum("dropHits")} of ${sum("drops")} hit, ${falsePerMinute.toFixed(2)} false a minute over all clips`);
console.log(`whole analyzer: ${((100 * cpu) / seconds).toFixed(2)} % of one core`);
