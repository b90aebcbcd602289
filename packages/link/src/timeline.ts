/**
 * Which beat is when. A beat is a micro-beat here, as on the wire; times are microseconds of session time.
 * At time t: beat = beatOrigin + (t − timeOrigin) / microsPerBeat · 10^6.
 */
export interface Timeline {
  readonly microsPerBeat: number;
  readonly beatOrigin: number;
  readonly timeOrigin: number;
}

/** Tempos that a session can have, in BPM. */
export const tempoRange = { min: 20, max: 999 } as const;

const million = 1_000_000;
const microsPerMinute = 60 * million;

/** @param bpm cut to 20 to 999 */
export function microsPerBeatOf(bpm: number): number {
  return Math.round(microsPerMinute / Math.min(tempoRange.max, Math.max(tempoRange.min, bpm)));
}

/** Tempo in BPM. */
export function tempoOf({ microsPerBeat }: Timeline): number {
  return microsPerMinute / microsPerBeat;
}

/** The beat at a session time, in beats. */
export function beatAt({ microsPerBeat, beatOrigin, timeOrigin }: Timeline, time: number): number {
  return beatOrigin / million + (time - timeOrigin) / microsPerBeat;
}

/** The session time of a beat, in microseconds. */
export function timeOfBeat({ microsPerBeat, beatOrigin, timeOrigin }: Timeline, beat: number): number {
  return timeOrigin + (beat - beatOrigin / million) * microsPerBeat;
}

/** Position in a bar of `quantum` beats: 0 up to `quantum`. */
export function phaseOf(beat: number, quantum: number): number {
  const rest = beat % quantum;
  return rest < 0 ? rest + quantum : rest;
}

/** The same beat grid up to `time`, another tempo from there. */
export function withTempo(timeline: Timeline, bpm: number, time: number): Timeline {
  return newer(timeline, { microsPerBeat: microsPerBeatOf(bpm), beatOrigin: beatAt(timeline, time) * million, timeOrigin: time });
}

/**
 * The same tempo, with phase `phase` at `time`. Beats are only ever moved forward, since the larger beat origin counts.
 * @param quantum beats of a bar
 */
export function withPhase(timeline: Timeline, phase: number, quantum: number, time: number): Timeline {
  const beat = beatAt(timeline, time);
  const forward = phaseOf(phase - phaseOf(beat, quantum), quantum);
  return newer(timeline, { ...timeline, beatOrigin: (beat + forward) * million, timeOrigin: time });
}

/** Whether peers of one session follow `other` rather than `timeline`: the larger beat origin counts. */
export function isNewer(other: Timeline, timeline: Timeline): boolean {
  return other.beatOrigin > timeline.beatOrigin;
}

/** So many beats are whole bars of 2, 3, 4, 6, 8, 12, 16 and 24 beats. */
const wholeBars = 48;

/** The tempo and the phase of `timeline` from `time` on, as a change that peers follow rather than `newest`. */
export function madeAgain(timeline: Timeline, newest: Timeline, time: number): Timeline {
  const beat = beatAt(timeline, time);
  const behind = (newest.beatOrigin + 1) / million - beat;
  const forward = wholeBars * Math.max(0, Math.ceil(behind / wholeBars));
  return newer(newest, { ...timeline, beatOrigin: (beat + forward) * million, timeOrigin: time });
}

// A change that does not raise the beat origin would be ignored by all others: raise it, on the same line.
function newer(before: Timeline, after: Timeline): Timeline {
  const least = before.beatOrigin + 1;
  const beatOrigin = Math.round(after.beatOrigin);
  if (beatOrigin >= least) return { microsPerBeat: after.microsPerBeat, beatOrigin, timeOrigin: Math.round(after.timeOrigin) };
  return { microsPerBeat: after.microsPerBeat, beatOrigin: least, timeOrigin: Math.round(timeOfBeat(after, least / million)) };
}
