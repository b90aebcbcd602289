import { lineOfTempo, lineThrough, offLine, withBeat, withBeatOf } from "./beat-line.ts";
import type { BeatLine } from "./beat-line.ts";
import type { BeatTime } from "./beat-times.ts";
import { isLargeChange, isLikelyMistake, otherInterval } from "./other-tempo.ts";

/** A beat with its number on the line, and in the analyzer's count. */
interface Numbered extends BeatTime {
  readonly counted: number;
}

/** The line, and the newest beats that were not on it. */
export interface BeatTracker {
  readonly line: BeatLine | undefined;
  readonly doubtful: readonly Numbered[];
  /** The last beat in the analyzer's count. */
  readonly last: number;
  /** Added to the analyzer's count. A beat that the analyzer left out is still a beat of the line; one that it sent in between is not. */
  readonly shift: number;
  /** Beats in a row before which one was left out. */
  readonly leftOut: number;
  /** The beat since which the analyzer has reported half or twice the line's tempo, or the like. */
  readonly heldFrom: number | undefined;
}

/** What is known of the tempo when a beat comes. */
export interface TrackedTempo {
  /** The analyzer's own. */
  readonly bpm: number;
  /** The tempo, or its source, has changed. */
  readonly isNew: boolean;
  /** The tempo is from the analysis, which sometimes finds half the true tempo. That of a person or a program is taken as it is. */
  readonly isGuess: boolean;
  /** The beats may have jumped: a person corrected them, a drop, another track. */
  readonly isMoved: boolean;
}

export const noBeatTracker: BeatTracker = { line: undefined, doubtful: [], last: 0, shift: 0, leftOut: 0, heldFrom: undefined };

/** Further from the line than the beats of a breakdown, microseconds. */
const doubtfulUs = 14_000;
/** So many beats in a row off the line make another line. */
const fewest = 3;
/** Beats that moved by more than this share of a beat must stay there: trackers often move them back. */
const largeMove = 0.15;
const fewestForLargeMove = 16;
/** When every other beat was left out so often in a row, the tempo is half. */
const leftOutForHalf = 8;

/** A tempo that looks like a mistake counts only once it lasts for so many beats of the line. */
const heldBeats = 16;
/** So many beats in a row off the line do not belong to it. */
const offForOther = 4;

/** The first beat of a tempo that the analyzer has just found still lags by this share of its way from the old line (0.21 to 0.23 where it was measured; less is taken, for music that was cut). */
const lagOfNew = 0.15;
/** A beat that is further from the old line, in beats, is not on its way from there. */
const longestWay = 0.25;

/** Takes a beat. */
export function trackBeat(tracker: BeatTracker, seen: BeatTime, { bpm, isNew, isGuess, isMoved }: TrackedTempo): BeatTracker {
  const { line, last } = tracker;
  const first: Numbered = { atUs: seen.atUs, counted: seen.beat, beat: seen.beat + tracker.shift };
  if (line === undefined || seen.beat <= last) return startAnew(tracker, [first], 60e6 / bpm, isNew);
  // The line's beat that is nearest: beats may have been left out, or sent between those of the line.
  const missing = Math.round(offLine(line, first) / line.intervalUs);
  const beat = { ...first, beat: first.beat + missing };
  const leftOut = missing > 0 ? tracker.leftOut + 1 : 0;
  const next = { ...tracker, last: seen.beat, shift: tracker.shift + missing, leftOut };
  if (isGuess && isLikelyMistake(line, bpm)) return hold(next, line, beat, bpm);
  if (isNew) return startAnew(next, [isGuess ? withoutLag(line, beat, 60e6 / bpm) : beat], 60e6 / bpm, true);
  if (Math.abs(offLine(line, beat)) < doubtfulUs && leftOut < leftOutForHalf) return { ...next, line: withBeatOf(line, beat, 60e6 / bpm), doubtful: [], heldFrom: undefined };
  const off = [...tracker.doubtful, beat];
  // The tempo of a person or a program is known; after a tap its beats only move to those of the music.
  if (!isGuess && off.length >= fewest) return startAnew(next, [beat], 60e6 / bpm, true);
  const intervalUs = otherInterval(off, line.intervalUs);
  if (intervalUs !== undefined) return startAnew(next, off.slice(-fewest), intervalUs);
  const least = isMoved || !isGuess || !isLargeMove(line, off) ? fewest : fewestForLargeMove;
  return off.length < least ? { ...next, doubtful: off, heldFrom: undefined } : startAnew(next, off.slice(-fewest), line.intervalUs);
}

/** The first beat of a new tempo, nearer to where the next ones will be: the analyzer's beats leave the old line bit by bit. */
function withoutLag(line: BeatLine, beat: Numbered, intervalUs: number): Numbered {
  const off = offLine(line, beat);
  const isOnItsWay = off * (intervalUs - line.intervalUs) > 0 && Math.abs(off) < longestWay * line.intervalUs && !isLargeChange(line.intervalUs, intervalUs);
  return isOnItsWay ? { ...beat, atUs: beat.atUs + lagOfNew * off } : beat;
}

/** The line goes on through the beats that are on it, until the other tempo is certain. */
function hold(tracker: BeatTracker, line: BeatLine, beat: Numbered, bpm: number): BeatTracker {
  const isOn = Math.abs(offLine(line, beat)) < doubtfulUs;
  const doubtful = isOn ? [] : [...tracker.doubtful, beat];
  const heldFrom = tracker.heldFrom ?? beat.beat;
  if (beat.beat - heldFrom >= heldBeats || doubtful.length >= offForOther) return startAnew(tracker, [beat], 60e6 / bpm, true);
  return { ...tracker, line: isOn ? withBeat({ ...line, tempoBeats: 0 }, beat) : line, doubtful, heldFrom };
}

/** A line through some beats alone, which are counted on as the analyzer counts them. @param isKnown whether the interval is */
function startAnew(tracker: BeatTracker, beats: readonly Numbered[], intervalUs: number, isKnown = false): BeatTracker {
  const [first] = beats;
  if (first === undefined) return tracker;
  const shift = first.beat - first.counted;
  const last = beats.at(-1)?.counted ?? tracker.last;
  const numbered = beats.map(({ counted, atUs }) => ({ beat: counted + shift, atUs }));
  const line = isKnown ? lineOfTempo(numbered, intervalUs) : lineThrough(numbered, intervalUs);
  const before = tracker.line !== undefined && !isLargeChange(tracker.line.intervalUs, intervalUs) ? tracker.line.count : 0;
  return { line: line && { ...line, count: Math.max(line.count, isKnown ? before : 0) }, doubtful: [], last, shift, leftOut: 0, heldFrom: undefined };
}

function isLargeMove(line: BeatLine, [first]: readonly Numbered[]): boolean {
  return first !== undefined && Math.abs(offLine(line, first)) > largeMove * line.intervalUs;
}
