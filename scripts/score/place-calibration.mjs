// What the tracker states about bars and phrases, against labels: its confidence in the place of each beat.
import { median } from "./beat-measures.mjs";
import { binTable, calibrate } from "./calibration.mjs";

/** A beat this close to a labelled one is right, s. */
const WINDOW = 0.07;
const PHRASE_BARS = 8;

/** @typedef {{ stated: number, right: boolean }} PlaceStatement */

/** @param {readonly number[]} times rising, not empty @param {number} time */
const nearest = (times, time) => times.reduce((best, each, k) => (Math.abs(each - time) < Math.abs((times[best] ?? Number.NaN) - time) ? k : best), 0);

/**
 * Whether each beat has its labelled place in a bar of the labelled beats. Bars of two that are counted in fours are right, too.
 * @param {{ beats: readonly number[], downbeats: readonly number[] }} truth at least three downbeats
 * @param {readonly import("./live-form.mjs").LiveBeat[]} beats
 * @returns {PlaceStatement[]}
 */
export const barStatements = (truth, beats) => {
  const downs = truth.downbeats.map((time) => nearest(truth.beats, time));
  const metre = median(downs.slice(1).map((index, k) => index - (downs[k] ?? Number.NaN)));
  return beats.map(({ time, metre: given, beatInBar, barStated }) => {
    const at = nearest(truth.beats, time);
    const down = downs.findLast((index) => index <= at) ?? (downs[0] ?? 0) - metre * Math.ceil(((downs[0] ?? 0) - at) / metre);
    const off = at - down + 1 - beatInBar;
    const counts = given === metre ? off === 0 : metre === 2 && given === 4 && off % 2 === 0;
    return { stated: barStated, right: counts && Math.abs((truth.beats[at] ?? Number.NaN) - time) <= WINDOW };
  });
};

/**
 * Whether each bar's first beat is within a beat of where that bar of a phrase of eight is labelled.
 * @param {{ downbeats: readonly number[], beats: readonly number[], phrases: readonly number[] }} truth
 * @param {readonly import("./live-form.mjs").LiveBeat[]} beats
 * @returns {PlaceStatement[]}
 */
export const phraseStatements = (truth, beats) => {
  const between = (/** @type {readonly number[]} */ times) => median(times.slice(1).map((time, k) => time - (times[k] ?? Number.NaN)));
  const [beat, bar] = [between(truth.beats), between(truth.downbeats)];
  return beats.flatMap(({ time, beatInBar, phraseBar, phraseStated }) => {
    const start = truth.phrases.findLast((each) => each <= time + beat);
    if (beatInBar !== 1 || phraseBar === 0 || start === undefined) return [];
    const off = (time - start) / bar - (phraseBar - 1);
    return [{ stated: phraseStated, right: Math.abs(off - PHRASE_BARS * Math.round(off / PHRASE_BARS)) * bar <= beat }];
  });
};

/** Collects the songs of one set and prints what they state. @param {string} name of the set */
export const createPlaceReport = (name) => {
  /** @type {PlaceStatement[]} */
  const bars = [];
  /** @type {PlaceStatement[]} */
  const phrases = [];
  return {
    /** @param {{ beats: readonly number[], downbeats?: readonly number[] | null | undefined, phrases?: readonly number[] }} truth @param {readonly import("./live-form.mjs").LiveBeat[]} beats */
    add({ beats: labelled, downbeats, phrases: starts = [] }, beats) {
      if (!downbeats || downbeats.length < 3) return;
      bars.push(...barStatements({ beats: labelled, downbeats }, beats));
      phrases.push(...phraseStatements({ beats: labelled, downbeats, phrases: starts }, beats));
    },
    /** @param {boolean} byTenths also a table */
    print(byTenths) {
      for (const [what, list] of /** @type {const} */ ([["place in the bar", bars], ["bar in the phrase", phrases]])) {
        if (list.length === 0) continue;
        const { bins, error } = calibrate(list, "right");
        console.log(`${name}: confidence in the ${what} at ${list.length} beats, expected calibration error ${error.toFixed(3)}`);
        if (byTenths) console.log(binTable(bins));
      }
    },
  };
};
