// The beat tracker and the onset detector of aubio, rivals that Debian has as programs (aubio-tools).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { median } from "./beat-measures.mjs";

/** Whether they are installed. */
export function hasAubio() {
  try {
    execFileSync("sh", ["-c", `command -v aubiotrack && command -v aubioonset`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/**
 * Its beats of a recording, as it dates them, and the tempo of their middle interval.
 * @param {Float32Array} samples -1..1 @param {number} sampleRate
 */
export const aubioBeats = (samples, sampleRate) => beatsIn(outputOf("aubiotrack", samples, sampleRate));

/** Its onsets, in seconds. @param {Float32Array} samples -1..1 @param {number} sampleRate */
export const aubioOnsets = (samples, sampleRate) => timesIn(outputOf("aubioonset", samples, sampleRate));

/** @param {string} program @param {Float32Array} samples @param {number} sampleRate */
function outputOf(program, samples, sampleRate) {
  const dir = mkdtempSync(path.join(tmpdir(), "vj-aubio-"));
  try {
    const file = path.join(dir, "clip.wav");
    writeFileSync(file, waveOf(samples, sampleRate));
    return execFileSync(program, ["-i", file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 2 ** 20 });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A time in seconds a line; other lines are left out. @param {string} text */
const timesIn = (text) => text.split("\n").map((line) => line.trim()).filter((line) => /^\d+(?:\.\d+)?$/.test(line)).map(Number);

/** Beats, and their tempo. @param {string} text */
export function beatsIn(text) {
  const beats = timesIn(text);
  const intervals = beats.slice(1).map((time, k) => time - (beats[k] ?? time));
  return { beats, bpm: intervals.length === 0 ? 0 : 60 / median(intervals), drops: [] };
}

/** A WAV file of 16 bits, one channel. @param {Float32Array} samples @param {number} sampleRate */
function waveOf(samples, sampleRate) {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((value, k) => bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), 44 + k * 2));
  return bytes;
}
