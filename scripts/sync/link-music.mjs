// Music whose beats are known, for simulate-link.mjs.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { decodeFile } from "@vj/audio-analyzer";
import { musicBeat, variedMusic, variedRate } from "../../apps/harness/dist/link/varied-music.js";

/**
 * A piece of music.
 * @typedef {object} Piece
 * @property {string} name
 * @property {Float32Array} samples
 * @property {number} sampleRate
 * @property {(seconds: number) => number} beatAt the beat at a time, counted without a gap
 * @property {number | undefined} one a beat that begins a bar; undefined: not known, or bars are not of four beats
 * @property {readonly { readonly from: number, readonly bpm: number }[]} changes of the tempo, seconds
 */

/** The music of `pnpm link-check`. @param {number} minutes @returns {Piece} */
export function demoPiece(minutes) {
  const tempos = [128, 124, 132, 126];
  const { samples, parts } = variedMusic(tempos, (minutes * 60) / tempos.length);
  return { name: `demo-${minutes}-min`, samples, sampleRate: variedRate, beatAt: (seconds) => musicBeat(parts, seconds), one: 0, changes: parts.slice(1) };
}

/** Labelled clips (NAME.ogg or NAME.pcm, 16 bits at 44.1 kHz, with NAME.json) of a folder. @param {string} folder @returns {AsyncGenerator<Piece>} */
export async function* folderPieces(folder) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json")).sort()) {
    const stem = path.join(folder, file.slice(0, -".json".length));
    const { beats, downs, downbeats = downs } = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    if (!Array.isArray(beats) || beats.length < 16) continue;
    const { samples, sampleRate } = existsSync(`${stem}.pcm`) ? { samples: samplesOf(`${stem}.pcm`), sampleRate: variedRate } : await decodeFile(`${stem}.ogg`);
    yield { name: path.basename(stem), samples, sampleRate, beatAt: (seconds) => beatOf(beats, seconds), one: oneOf(beats, downbeats ?? []), changes: [] };
  }
}

/** @param {string} file */
function samplesOf(file) {
  const bytes = readFileSync(file);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readInt16LE(2 * index) / 32_768);
}

/** @param {readonly number[]} beats seconds @param {number} seconds @returns {number} NaN before the first beat and after the last one */
function beatOf(beats, seconds) {
  const next = beats.findIndex((time) => time > seconds);
  if (next < 1) return Number.NaN;
  const [before, after] = [beats.at(next - 1) ?? Number.NaN, beats.at(next) ?? Number.NaN];
  return next - 1 + (seconds - before) / (after - before);
}

/** @param {readonly number[]} beats seconds @param {readonly number[]} downbeats seconds @returns the first beat 1, where all are four beats apart */
function oneOf(beats, downbeats) {
  const numbers = downbeats.map((time) => beats.findIndex((beat) => Math.abs(beat - time) < 0.03)).filter((beat) => beat >= 0);
  const [first] = numbers;
  return first !== undefined && numbers.every((beat, index) => beat === first + 4 * index) ? first : undefined;
}
