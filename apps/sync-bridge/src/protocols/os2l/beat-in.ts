import { median } from "@vj/schema";
import type { ProposedTempo } from "../protocol.ts";
import { timeOfBeat, wayIn } from "../../tempo.ts";
import type { Tempo } from "../../tempo.ts";
import type { Os2lBeat } from "./message.ts";

/** The beats of another program. */
export interface BeatsIn {
  /** The line through them; undefined before the first with a tempo. */
  readonly line: Tempo | undefined;
  readonly lastUs: number;
  /** How far the last beat was from the line, when it was too far to be believed, microseconds. */
  readonly doubtUs: number | undefined;
  /** Whether the program sends which beat begins a bar. */
  readonly isPlaced: boolean;
  /** The tempo that the last beat named, where it cannot be one. */
  readonly refusedBpm: number | undefined;
  /** Position that the last beat named. */
  readonly lastPos: number | undefined;
  /** The last distances of beats, microseconds, oldest first. */
  readonly intervals: readonly number[];
}

export const noBeats: BeatsIn = { line: undefined, lastUs: 0, doubtUs: undefined, isPlaced: false, refusedBpm: undefined, lastPos: undefined, intervals: [] };

/** Accepted tempos, BPM: music has no others. Instead of any other tempo, the distance of the beats counts. */
export const believedTempo = { lowest: 30, highest: 300 } as const;

/** Beats arrive late by what the network takes, never early: an earlier one moves the line by this part of its distance, */
const earlierShare = 0.5;
/** and a later one by this part. */
const laterShare = 0.05;
/** A beat further from the line than this must be confirmed by the next one. */
const believedUs = 60_000;
/** Number of distances between beats that count. */
const mostIntervals = 9;
/** A tempo that differs by more than this is another one: the line begins anew. */
const sameTempo = 0.02;

/**
 * The beats after one more. Its time and the position that it names are believed one by one: a program in a loop of one beat, or one that
 * plays backwards, names positions that do not follow each other, and its beats are true all the same.
 * @param us its arrival, microseconds
 */
export function takeBeat(past: BeatsIn, { bpm, pos, change }: Os2lBeat, us: number): BeatsIn {
  // Beats that have ended do not show when those that begin are due.
  const earlier = past.line !== undefined && tempoOfBeats(past, us) === undefined ? noBeats : past;
  const refusedBpm = bpm === undefined || isBelieved(bpm) ? undefined : bpm;
  const intervals = change ? [] : withInterval(earlier, pos, us);
  const before: BeatsIn = { ...earlier, lastUs: us, lastPos: pos, intervals, refusedBpm };
  const { line } = before;
  const tempo = bpm !== undefined && isBelieved(bpm) ? bpm : intervalTempo(intervals);
  if (tempo === undefined) return before;
  const beat = pos ?? (line === undefined ? 0 : Math.round(line.beat) + 1);
  const anew: BeatsIn = { ...before, line: { bpm: tempo, beat, atUs: us }, doubtUs: undefined, isPlaced: pos !== undefined };
  if (line === undefined || change || Math.abs(tempo / line.bpm - 1) > sameTempo) return anew;
  const off = us - timeOfBeat(line, beat);
  if (Math.abs(off) <= believedUs) {
    return { ...anew, line: { bpm: tempo, beat, atUs: us - off * remaining(off) } };
  }
  const isConfirmed = before.doubtUs !== undefined && Math.abs(off - before.doubtUs) <= believedUs;
  if (isConfirmed) return anew;
  return withoutPlace(before, { tempo, beat, off, us, sinceUs: us - earlier.lastUs }) ?? { ...before, doubtUs: off };
}

interface Doubtful {
  readonly tempo: number;
  /** The position that it names. */
  readonly beat: number;
  /** How far it is from that position on the line, microseconds. */
  readonly off: number;
  readonly us: number;
  /** Time since the beat before it, microseconds. */
  readonly sinceUs: number;
}

/** A beat whose position is not believed, but its time: it is on a beat of the line, or as far from one as the beat before it. */
function withoutPlace(before: BeatsIn, { tempo, beat, off, us, sinceUs }: Doubtful): BeatsIn | undefined {
  const { line, doubtUs } = before;
  if (line === undefined) return undefined;
  const beatUs = 60e6 / line.bpm;
  const aside = wayIn(beatUs, 0, off);
  const isOnBeat = Math.abs(aside) <= believedUs;
  // Messages that a stall held back arrive together, which makes nothing doubtful.
  const isSecond = doubtUs !== undefined && sinceUs > beatUs / 2;
  const isAgain = isSecond && Math.abs(wayIn(beatUs, doubtUs, off)) <= believedUs;
  if (!isOnBeat && !isAgain) return undefined;
  const counted = Math.round(beat + off / beatUs);
  const moved = { bpm: tempo, beat: counted, atUs: isOnBeat ? us - aside * remaining(aside) : us };
  return { ...before, line: moved, doubtUs: us - timeOfBeat(moved, beat), isPlaced: before.isPlaced && !isSecond };
}

/** The share of a distance from the line that is left after a beat at that distance. */
function remaining(off: number): number {
  return 1 - (off < 0 ? earlierShare : laterShare);
}

/** The tempo of the other program; undefined when no beat arrived for four beats, or two seconds. */
export function tempoOfBeats({ line, lastUs, isPlaced }: BeatsIn, nowUs: number): ProposedTempo | undefined {
  if (line === undefined || nowUs - lastUs > Math.max(2e6, (4 * 60e6) / line.bpm)) return undefined;
  return { ...line, ...(isPlaced ? { quantum: 4 } : {}) };
}

function isBelieved(bpm: number): boolean {
  return bpm >= believedTempo.lowest && bpm <= believedTempo.highest;
}

/** The distances with that of one more beat from the last; beats between, which their positions show, are counted. */
function withInterval({ lastUs, lastPos, intervals }: BeatsIn, pos: number | undefined, us: number): readonly number[] {
  const apart = pos === undefined || lastPos === undefined ? 1 : pos - lastPos;
  const interval = (us - lastUs) / apart;
  return lastUs > 0 && isBelieved(60e6 / interval) ? [...intervals, interval].slice(-mostIntervals) : intervals;
}

/** For programs that send no tempo: the middle of the last distances, which a beat that is late or too many does not change. */
function intervalTempo(intervals: readonly number[]): number | undefined {
  return intervals.length === 0 ? undefined : 60e6 / median(intervals);
}
