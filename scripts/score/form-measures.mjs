// Sections and phrases of a song against its labels.
import { matches, median } from "./beat-measures.mjs";

/**
 * `changes`: labelled changes of section; `hits`: those with a found change within two seconds; `strays`: found changes without one; `phrases`, `begun`: labelled
 * phrases, and those that begin within one beat.
 * @typedef {{ changes: number, hits: number, strays: number, phrases: number, begun: number, minutes: number }} FormMeasures
 */

/** Changes and phrases of the first seconds do not count, as beats do not, nor what is found after the last beat, s. */
const SKIP = 5;
const NEAR = 2;

/**
 * @param {{ beats: readonly number[], sections: readonly (readonly [number, string])[], phrases: readonly number[], duration: number }} truth
 * @param {{ sections: readonly (readonly [number, string])[], phrases: readonly number[] }} found
 * @returns {FormMeasures}
 */
export function measureForm(truth, found) {
  const late = (/** @type {readonly number[]} */ times) => times.filter((time) => time >= SKIP);
  const changes = late(truth.sections.map(([time]) => time));
  const end = truth.beats.at(-1) ?? truth.duration;
  const given = late(found.sections.map(([time]) => time)).filter((time) => time <= end);
  const hits = matches(changes, given, NEAR).length;
  const beat = median(truth.beats.slice(1).map((time, k) => time - (truth.beats[k] ?? Number.NaN)));
  const phrases = late(truth.phrases);
  return { changes: changes.length, hits, strays: given.length - hits, phrases: phrases.length, begun: matches(phrases, found.phrases, beat).length, minutes: truth.duration / 60 };
}

/** The line of a folder, or undefined where no song has labels of its form. @param {string} name @param {readonly FormMeasures[]} rows */
export function formLine(name, rows) {
  if (rows.length === 0) return undefined;
  const sum = (/** @type {keyof FormMeasures} */ key) => rows.reduce((all, row) => all + row[key], 0);
  const share = (/** @type {keyof FormMeasures} */ part, /** @type {keyof FormMeasures} */ whole) => (sum(part) / Math.max(1, sum(whole))).toFixed(3);
  return `${name}: ${share("hits", "changes")} of ${sum("changes")} changes of section within 2 s, ${(sum("strays") / sum("minutes")).toFixed(2)} false a minute; ${share("begun", "phrases")} of ${sum("phrases")} phrases begin within one beat`;
}
