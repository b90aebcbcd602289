import type { BeatTime } from "./beat-times.ts";

/**
 * A line through the beats: beat `beat` is at `atUs`, and one follows every `intervalUs`. The covariances (of the time,
 * of both, of the interval; square microseconds) say how far a new beat can move it: much after a change, hardly at all
 * after a minute of even music, so that errors of single beats and of a breakdown cancel out.
 */
export interface BeatLine extends BeatTime {
  readonly intervalUs: number;
  /** Number of beats on it, plus those of the line before if that had nearly the same tempo. */
  readonly count: number;
  /** For so many more beats the interval is that of the analyzer's tempo. */
  readonly tempoBeats: number;
  readonly covariance: readonly [time: number, both: number, interval: number];
}

/** How far beats are from the truth: 1.3 ms from one to the next, 4 to 8 ms over a part of a song (standard deviations, measured). */
const beatNoise = 6000 ** 2;
/** How far music may move a beat from the line within one beat (variance, square microseconds). The tempo of a DJ's deck moves less. */
const timeDrift = 10 ** 2;
const intervalDrift = 0.6 ** 2;

/** A line counts from this many beats on. */
export const fewestBeats = 3;
/** How exact a tempo of the analyzer is when it is new, as a share, and its beats then, microseconds: they lag behind the music. */
const newTempo = 0.001;
const newBeat = 4000;
/** They lag behind for so many beats. */
const lagBeats = 12;

/** A line with the analyzer's tempo, which is known before its beats have moved to their new places. */
export function lineOfTempo([beat]: readonly BeatTime[], intervalUs: number): BeatLine | undefined {
  return beat && { ...beat, intervalUs, count: fewestBeats, tempoBeats: lagBeats, covariance: [newBeat ** 2, 0, (newTempo * intervalUs) ** 2] };
}

/** The line after a beat of the analyzer, whose tempo gives the interval while the beats still lag. */
export function withBeatOf(line: BeatLine, beat: BeatTime, intervalUs: number): BeatLine {
  const next = withBeat(line, beat);
  return line.tempoBeats === 0 ? next : { ...next, intervalUs, tempoBeats: line.tempoBeats - 1, covariance: [next.covariance[0], 0, (newTempo * intervalUs) ** 2] };
}

/** The line at another beat, before that beat was seen. */
function movedTo({ beat, atUs, intervalUs, count, tempoBeats, covariance: [time, both, interval] }: BeatLine, wanted: number): BeatLine {
  const steps = wanted - beat;
  const drift = Math.abs(steps);
  return {
    beat: wanted,
    atUs: atUs + steps * intervalUs,
    intervalUs,
    count,
    tempoBeats,
    covariance: [
      time + 2 * steps * both + steps * steps * interval + drift * timeDrift,
      both + steps * interval,
      interval + drift * intervalDrift,
    ],
  };
}

/** The line after a beat: a step of a Kalman filter. */
export function withBeat(line: BeatLine, { beat, atUs }: BeatTime): BeatLine {
  const { atUs: expected, intervalUs, covariance: [time, both, interval] } = movedTo(line, beat);
  const [gainTime, gainInterval] = [time / (time + beatNoise), both / (time + beatNoise)];
  const off = atUs - expected;
  return {
    beat,
    atUs: expected + gainTime * off,
    intervalUs: intervalUs + gainInterval * off,
    count: line.count + 1,
    tempoBeats: line.tempoBeats,
    covariance: [(1 - gainTime) * time, (1 - gainTime) * both, interval - gainInterval * both],
  };
}

/** Microseconds from the line to a beat; positive: the beat is late. */
export function offLine(line: BeatLine, { beat, atUs }: BeatTime): number {
  return atUs - (line.atUs + (beat - line.beat) * line.intervalUs);
}

/** A new line through some beats, about which little is known. @param intervalUs the time between beats as it seems */
export function lineThrough([first, ...others]: readonly BeatTime[], intervalUs: number): BeatLine | undefined {
  if (first === undefined) return undefined;
  const begun: BeatLine = { ...first, intervalUs, count: 1, tempoBeats: 0, covariance: [beatNoise, 0, (0.03 * intervalUs) ** 2] };
  return others.reduce(withBeat, begun);
}
