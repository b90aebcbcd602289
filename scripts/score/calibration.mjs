// What the tracker states about itself, against labelled music: its confidence at each beat, and how often the reported tempo changes its octave.

/** A beat this close to a labelled one is right, s. */
const WINDOW = 0.07;
/** A tempo within this share of the labelled one is right. */
const TEMPO_TOLERANCE = 0.04;
/** Labelled intervals before and after a beat from which its labelled tempo is taken (their median). */
const AROUND = 2;
/** Frames a second, as `AudioFrame.index` counts them. */
const FRAMES = 60;
const BINS = 10;
/** Tempi whose ratio is within this share of 2 or 3 are octaves of each other. */
const OCTAVE_TOLERANCE = 0.06;

/** @typedef {{ stated: number, onBeat: boolean, tempo: boolean }} Statement a beat that went out: the confidence beside it, 0..1, and whether beat and reported tempo were right */
/** @typedef {{ from: number, beats: number, stated: number, right: number }} Bin beats whose confidence is in one tenth, from `from` on: the mean confidence, and the share that is right */
/** @typedef {Pick<import("@vj/audio").Analysis, "beats" | "curves" | "bpmTrack" | "duration">} Stated */

/** @param {readonly number[]} values not empty */
const middle = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The labelled tempo around a time, BPM; NaN with fewer than two labelled beats. @param {readonly number[]} beats @param {number} time */
const tempoAt = (beats, time) => {
  const between = beats.slice(1).map((beat, k) => beat - (beats[k] ?? Number.NaN));
  const next = beats.findIndex((beat) => beat > time);
  const at = Math.min(between.length - 1, Math.max(0, (next === -1 ? beats.length : next) - 1));
  return between.length === 0 ? Number.NaN : 60 / middle(between.slice(Math.max(0, at - AROUND), at + AROUND + 1));
};

/**
 * Each beat that went out, outside ignored spans, with the confidence of its quarter second. The first seconds count, too: there the confidence matters most.
 * @param {Pick<import("./files.mjs").Truth, "beats" | "ignore">} truth @param {Stated} analysis
 * @returns {Statement[]}
 */
export const statements = ({ beats, ignore }, analysis) => {
  const { step, confidence, bpm } = analysis.curves;
  return analysis.beats.filter((time) => !ignore.some(([from, to]) => time >= from && time < to)).map((time) => {
    const span = Math.floor((Math.round(time * FRAMES) - 1) / Math.round(step * FRAMES));
    return {
      stated: confidence[span] ?? 0,
      onBeat: beats.some((beat) => Math.abs(beat - time) <= WINDOW + 1e-9),
      tempo: Math.abs((bpm[span] ?? 0) / tempoAt(beats, time) - 1) <= TEMPO_TOLERANCE,
    };
  });
};

/**
 * The confidence by tenths, without empty ones, and the expected calibration error: over all beats, the mean distance between the mean confidence of a tenth and the share that is right in it.
 * @template {string} What
 * @param {readonly ({ readonly stated: number } & { readonly [Name in What]: boolean })[]} list @param {What} what which of its fields says whether it is right
 */
export const calibrate = (list, what) => {
  /** @type {Bin[]} */
  const bins = [];
  for (let bin = 0; bin < BINS; bin += 1) {
    const inBin = list.filter(({ stated }) => Math.min(BINS - 1, Math.floor(stated * BINS)) === bin);
    if (inBin.length === 0) continue;
    const mean = (/** @type {(statement: (typeof list)[number]) => number} */ value) => inBin.reduce((sum, each) => sum + value(each), 0) / inBin.length;
    bins.push({ from: bin / BINS, beats: inBin.length, stated: mean(({ stated }) => stated), right: mean((each) => Number(each[what])) });
  }
  return { bins, error: bins.reduce((sum, { beats, stated, right }) => sum + beats * Math.abs(stated - right), 0) / list.length };
};

/** A line for each tenth: its beats, what was stated, and the share that is right. @param {readonly Bin[]} bins */
export const binTable = (bins) =>
  [
    `${"confidence".padEnd(12)}${"beats".padStart(7)}${"stated".padStart(8)}${"right".padStart(7)}`,
    ...bins.map(({ from, beats, stated, right }) => `${`${from.toFixed(1)} to ${(from + 1 / BINS).toFixed(1)}`.padEnd(12)}${String(beats).padStart(7)}${stated.toFixed(2).padStart(8)}${right.toFixed(2).padStart(7)}`),
  ].join("\n");

/** How often a reported tempo is followed by its double, half, triple or third. @param {Stated["bpmTrack"]} track */
export const octaveChanges = (track) =>
  track.filter(([, bpm], k) => {
    const before = track[k - 1]?.[1] ?? 0;
    const ratio = Math.max(bpm / before, before / bpm);
    return before > 0 && bpm > 0 && [2, 3].some((octave) => Math.abs(ratio / octave - 1) <= OCTAVE_TOLERANCE);
  }).length;

/** Collects the clips of one set and prints what they state. @param {string} name of the set */
export const createStatedReport = (name) => {
  /** @type {Statement[]} */
  const list = [];
  const total = { changes: 0, seconds: 0 };
  return {
    /** @param {import("./files.mjs").Truth} truth @param {Stated} analysis */
    add(truth, analysis) {
      list.push(...statements(truth, analysis));
      total.changes += octaveChanges(analysis.bpmTrack);
      total.seconds += analysis.duration;
    },
    /** @param {boolean} byTenths also a table */
    print(byTenths) {
      const [onBeat, tempo] = [calibrate(list, "onBeat"), calibrate(list, "tempo")];
      console.log(`${name}: confidence at ${list.length} beats, expected calibration error ${onBeat.error.toFixed(3)} (beat within 70 ms), ${tempo.error.toFixed(3)} (tempo within 4 %)`);
      console.log(`${name}: the reported tempo changes its octave ${((60 * total.changes) / total.seconds).toFixed(2)} times a minute (${total.changes} in ${(total.seconds / 60).toFixed(0)} minutes)`);
      if (!byTenths) return;
      console.log(`${"confidence".padEnd(12)}${"beats".padStart(7)}${"stated".padStart(8)}${"on beat".padStart(9)}${"tempo".padStart(7)}`);
      for (const [k, { from, beats, stated, right }] of onBeat.bins.entries())
        console.log(`${`${from.toFixed(1)} to ${(from + 1 / BINS).toFixed(1)}`.padEnd(12)}${String(beats).padStart(7)}${stated.toFixed(2).padStart(8)}${right.toFixed(2).padStart(9)}${(tempo.bins[k]?.right ?? Number.NaN).toFixed(2).padStart(7)}`);
    },
  };
};
