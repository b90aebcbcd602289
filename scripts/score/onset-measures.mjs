// Onset measures: how many beginnings of sounds are found, and how many of those found are right.
import { matches, mean, median } from "./beat-measures.mjs";

/** An onset this close to a labelled one is right, s. */
const WINDOW = 0.05;

/** @typedef {{ F: number, precision: number, recall: number, bias: number | null }} OnsetMeasures bias in ms, null of too few */

/** @param {readonly number[]} reference @param {readonly number[]} found seconds, in any order @returns {OnsetMeasures} */
export const measureOnsets = (reference, found) => {
  const pairs = matches(reference.toSorted((a, b) => a - b), found.toSorted((a, b) => a - b), WINDOW);
  return {
    F: (2 * pairs.length) / Math.max(1, reference.length + found.length),
    precision: pairs.length / Math.max(1, found.length),
    recall: pairs.length / Math.max(1, reference.length),
    bias: pairs.length >= 4 ? 1000 * median(pairs.map((pair) => pair.estimate - pair.reference)) : null,
  };
};

/** A line for a set of clips; bias is the median. @param {string} name @param {readonly OnsetMeasures[]} rows */
export const onsetLine = (name, rows) => {
  const figure = (/** @type {"F" | "precision" | "recall"} */ key) => `${key} ${mean(rows.map((row) => row[key])).toFixed(3)}`;
  const biases = rows.map(({ bias }) => bias).filter((bias) => bias !== null);
  return `onsets within ${1000 * WINDOW} ms, ${name}, ${rows.length} clips: ${figure("F")}, ${figure("precision")}, ${figure("recall")}, bias ${biases.length === 0 ? "-" : median(biases).toFixed(0)} ms`;
};
