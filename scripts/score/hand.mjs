// `node scripts/score/hand.mjs [folder]`: the keys for the tempo on the labelled clips; a table. Needs a build.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { createAnalyzer } from "@vj/audio";
import { decodeFile } from "@vj/audio-analyzer";
import { readNames } from "../command-line.mjs";
import { matches, mean, median } from "./beat-measures.mjs";
import { createRandom } from "./bootstrap.mjs";
import { readTruth } from "./files.mjs";

const root = join(import.meta.dirname, "../..");
const [given = process.env.VJ_BEATS_DIR, only = ""] = readNames(`Usage: node scripts/score/hand.mjs [folder] [clip]

Presses the keys for the tempo on labelled music, as \`pnpm score\` uses it, and prints what comes of them:
  off    half a beat off, then resync pressed once on a beat: share of the labelled beats that are right from one beat later on
  dbl    twice the right tempo set, then halve pressed once: the same; above 145 BPM half of it, then double
  taps   eight taps with 30 ms of jitter, four times: error of the tempo at the last tap, %
  bad    the same with one of the taps 0.15 to 0.45 beats off`);
const clips = join(resolve(root, given ?? "../shared/beats"), "dev");
if (!existsSync(clips)) throw new Error(`there are no labelled clips in ${clips}; give the folder that holds dev/NAME.ogg as argument`);

/** Keys are pressed from here on, s. */
const FIRST = 8;
const BLOCK = 441;
const WINDOW = 0.07;
const JITTER = 0.03;
const TRIALS = 4;

/**
 * Plays a clip; presses each key when the sound has come to its time.
 * @typedef {{ at: number, press: (tempo: import("@vj/audio").TempoControl) => void }} Press
 * @param {{ samples: Float32Array, sampleRate: number }} sound @param {readonly Press[]} presses sorted
 */
function play({ samples, sampleRate }, presses) {
  /** @type {number[]} */
  const beats = [];
  const left = [...presses];
  const analyzer = createAnalyzer({ sampleRate, enablePitch: false, enableStructure: false }, (frame) => {
    if (frame.beat === 1) beats.push(frame.time);
  });
  for (let at = 0; at < samples.length; at += BLOCK) {
    analyzer.push(samples, at, Math.min(samples.length, at + BLOCK));
    for (let next = left[0]; next !== undefined && next.at <= (at + BLOCK) / sampleRate; next = left[0]) {
      next.press(analyzer.tempo);
      left.shift();
    }
  }
  return beats;
}

/** Share of right beats from `from` on: as many labelled as put out, within 70 ms. @param {readonly number[]} reference @param {readonly number[]} beats */
function right(reference, beats, from = 0, to = Infinity) {
  const inside = (/** @type {number} */ time) => time >= from && time < to;
  const [wanted, sent] = [reference.filter(inside), beats.filter((time) => time >= from - WINDOW && time < to + WINDOW)];
  const extra = sent.filter((time) => inside(time));
  return (2 * matches(wanted, sent, WINDOW).length) / Math.max(1, wanted.length + extra.length);
}

const random = createRandom(7);
const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** @param {readonly number[]} beats @param {boolean} bad @returns {{ presses: Press[], errors: number[] }} */
function eightTaps(beats, bad) {
  /** @type {Press[]} */
  const presses = [];
  /** @type {number[]} */
  const errors = [];
  for (let trial = 0, first = beats.findIndex((time) => time > FIRST); trial < TRIALS && first + 8 <= beats.length; trial += 1, first += 8) {
    const series = beats.slice(first, first + 8);
    const interval = ((series[7] ?? NaN) - (series[0] ?? NaN)) / 7;
    const wrong = bad ? 1 + Math.floor(random() * 6) : -1;
    series.forEach((time, k) => {
      const off = k === wrong ? (random() < 0.5 ? -1 : 1) * (0.15 + 0.3 * random()) * interval : JITTER * normal();
      presses.push({ at: time + off, press: (tempo) => tempo.tap(time + off) });
    });
    const end = (series[7] ?? NaN) + 0.12;
    presses.push({ at: end, press: (tempo) => errors.push(100 * Math.abs((tempo.view().bpm * interval) / 60 - 1)) }, { at: end + 0.01, press: (tempo) => tempo.auto() });
  }
  return { presses: presses.toSorted((a, b) => a.at - b.at), errors };
}

/** A beat at this time, and this tempo, as a person's. @param {import("@vj/audio").TempoControl} tempo @param {number} time @param {number} bpm */
function setTempo(tempo, time, bpm) {
  tempo.resync(time);
  tempo.lock(true, bpm);
  tempo.lock(false);
}

const names = readdirSync(clips).filter((file) => file.endsWith(".json") && file !== "index.json" && file.includes(only)).sort().map((file) => file.slice(0, -".json".length));
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(0)} %`.padStart(8);
console.log("".padEnd(44), "alone".padStart(8), "off: 8".padStart(8), "stays".padStart(8), "dbl: 8".padStart(8), "stays".padStart(8), "taps".padStart(8), "bad".padStart(8));
/** @type {number[][]} */
const rows = [];
const all = { taps: /** @type {number[]} */ ([]), bad: /** @type {number[]} */ ([]) };
for (const name of names) {
  const sound = await decodeFile(join(clips, `${name}.ogg`));
  const truth = readTruth(join(clips, `${name}.json`), sound.samples.length / sound.sampleRate);
  const at = (/** @type {number} */ k) => truth.beats[k] ?? NaN;
  const first = truth.beats.findIndex((time) => time > FIRST);
  const off = (at(first) + at(first + 1)) / 2;
  const key = first + 6;
  const counted = truth.beats.filter((time) => !truth.ignore.some(([from, to]) => time >= from && time < to));
  const from = at(key + 1) - 0.1;
  const next = at(key + 9) - 0.1;
  const alone = play(sound, []);
  const resynced = play(sound, [
    { at: off, press: (tempo) => tempo.resync(off) },
    { at: at(key), press: (tempo) => tempo.resync(at(key)) },
  ]);
  const bpm = 60 / (at(first + 1) - at(first));
  // Twice this would be above 300 BPM.
  const isFast = bpm > 145;
  const halved = play(sound, [
    { at: at(first), press: (tempo) => setTempo(tempo, at(first), isFast ? bpm / 2 : bpm * 2) },
    { at: at(key) + 0.05, press: (tempo) => (isFast ? tempo.double() : tempo.halve()) },
  ]);
  const taps = eightTaps(truth.beats, false);
  play(sound, taps.presses);
  const bad = eightTaps(truth.beats, true);
  play(sound, bad.presses);
  all.taps.push(...taps.errors);
  all.bad.push(...bad.errors);
  const row = [right(counted, alone, from), right(counted, resynced, from, next), right(counted, resynced, from), right(counted, halved, from, next), right(counted, halved, from)];
  rows.push(row);
  console.log(name.padEnd(44), ...row.map(percent), Math.max(...taps.errors).toFixed(2).padStart(8), Math.max(...bad.errors).toFixed(2).padStart(8));
}
console.log("mean".padEnd(44), ...[0, 1, 2, 3, 4].map((k) => percent(mean(rows.map((row) => row[k] ?? NaN)))));
for (const [name, errors] of Object.entries(all)) console.log(`${name}: ${errors.length} series, error of the tempo ${median(errors).toFixed(2)} % (median), within 1 %: ${percent(errors.filter((e) => e <= 1).length / errors.length)}`);
