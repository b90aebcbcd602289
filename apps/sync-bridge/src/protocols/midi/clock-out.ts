import { beatAt, placeIn, timeOfBeat } from "../../tempo.ts";
import type { Tempo } from "../../tempo.ts";
import { clocksPerBeat, clocksPerSixteenth, realtime, songPosition, songSixteenths } from "./messages.ts";

/** The tempo that the clock follows. */
export interface ClockLine extends Tempo {
  /** Beats of a bar; beats that are multiples of it begin bars. */
  readonly metre: number;
}

/** A clock that goes out. Clocks are counted on the line, 24 a beat, plus `shift`. */
export interface ClockOut {
  /** `waiting`: clocks go out, and Start or Continue goes out before the clock `from`. */
  readonly phase: "stopped" | "waiting" | "running";
  /** The clock that goes out next. */
  readonly next: number;
  /** When the last clock went out and when it was due, microseconds. */
  readonly lastUs: number | undefined;
  readonly lastDueUs: number;
  /** Since when the line is more than a clock away; undefined while it is not. */
  readonly awaySinceUs: number | undefined;
  readonly from: number;
  readonly opening: "start" | "continue";
  /** Whole bars, in clocks, by which the line has jumped without the receiver having to know. */
  readonly shift: number;
}

/** The messages to send now, and when to ask again. */
export interface ClockStep {
  readonly state: ClockOut;
  /** In order. At most one of them is a clock. */
  readonly messages: readonly (readonly number[])[];
  /** The clock among the messages, as a place on the line: 0 is a bar, 24 the next beat. */
  readonly clock?: number;
  /** When that clock was due, and the interval that the tempo asks for, microseconds. */
  readonly dueUs?: number;
  readonly intervalUs?: number;
  /** Time of the next clock, microseconds; undefined: not before the line changes. */
  readonly nextUs: number | undefined;
}

export const stoppedClock: ClockOut = { phase: "stopped", next: 0, lastUs: undefined, lastDueUs: 0, awaySinceUs: undefined, from: 0, opening: "start", shift: 0 };

/** A clock that is behind or ahead by no more than this catches up by shorter or longer intervals: 125 ms at 120 BPM. */
const slewClocks = clocksPerSixteenth;

/** A line that is more than a clock away must stay there for this long to count: a packet of the rig can be late. */
const patienceUs = 150_000;

/**
 * The beat is measured anew 60 times a second and moves a little each time, which a receiver would take for jitter. So the clock keeps
 * its pace, and takes up this share of its distance with each interval (half of it in 0.6 s at 120 BPM). A tenth of an
 * interval is the most, and 0.6 ms while it is less than an interval away.
 */
const share = 0.025;
const mostShare = 0.1;
const mostUs = 600;

/** Shortest interval after a clock that went out late, as a share of the true one. */
const shortest = 2 / 3;

/**
 * The clock at one time. Pure: the caller owns the timer and the port, and calls again at `nextUs` or when the line changes.
 *
 * Receivers count clocks, so none is left out or sent twice silently. A small distance is made up by shorter or longer intervals. At more
 * than a sixteenth (after a stall, or when the beat has jumped) the clock begins at the right place, which Stop, song position and Continue
 * give to the receiver. A jump of whole bars changes nothing for a receiver.
 * @param line undefined: no tempo; a running clock is stopped
 */
export function stepClock(state: ClockOut, line: ClockLine | undefined, nowUs: number): ClockStep {
  if (line === undefined) {
    return { state: stoppedClock, messages: state.phase === "stopped" ? [] : [[realtime.stop]], nextUs: undefined };
  }
  const aligned = align(state, line, nowUs);
  const intervalUs = 60e6 / line.bpm / clocksPerBeat;
  const keepsPace = isDoubtful(aligned.state, nowUs);
  const dueUs = dueAt(aligned.state, line, keepsPace);
  if (nowUs < dueUs) return { ...aligned, nextUs: dueUs };
  const { next, from, opening, shift } = aligned.state;
  const opens = aligned.state.phase === "waiting" && next >= from;
  const after: ClockOut = { ...aligned.state, phase: opens ? "running" : aligned.state.phase, next: next + 1, lastUs: nowUs, lastDueUs: dueUs };
  const messages = [...aligned.messages, ...(opens ? [[realtime[opening]]] : []), [realtime.clock]];
  return { state: after, messages, clock: next - shift, dueUs, intervalUs, nextUs: dueAt(after, line, keepsPace) };
}

function align(state: ClockOut, line: ClockLine, nowUs: number): Pick<ClockStep, "state" | "messages"> {
  const barClocks = line.metre * clocksPerBeat;
  const clockNow = beatAt(line, nowUs) * clocksPerBeat;
  if (state.phase === "stopped") return { state: opening(Math.ceil(clockNow), barClocks, "start"), messages: [] };
  const off = clockNow + state.shift - state.next;
  const bars = Math.round(off / barClocks) * barClocks;
  const inBar = off - bars;
  const shifted = { ...state, shift: state.shift - (isNear(inBar) ? bars : 0) };
  // The next clock is due within (−1, 0] of where the line is.
  if (isNear(inBar, 1)) return { state: { ...shifted, awaySinceUs: undefined }, messages: [] };
  const away = { ...shifted, awaySinceUs: state.awaySinceUs ?? nowUs };
  const isStalled = state.lastUs !== undefined && (nowUs - state.lastUs) * line.bpm > (slewClocks * 60e6) / clocksPerBeat;
  if (isNear(inBar) || (!isStalled && isDoubtful(away, nowUs))) return { state: away, messages: [] };
  const fresh = Math.ceil(clockNow);
  if (state.opening === "start" && state.phase === "waiting") return { state: { ...opening(fresh, barClocks, "start"), lastUs: state.lastUs, lastDueUs: state.lastDueUs }, messages: [] };
  const moved: ClockOut = { ...opening(fresh + 1, clocksPerSixteenth, "continue"), next: fresh, lastUs: state.lastUs, lastDueUs: state.lastDueUs };
  const place = songPosition(placeIn(songSixteenths, moved.from / clocksPerSixteenth));
  return { state: moved, messages: [...(state.phase === "running" ? [[realtime.stop]] : []), place] };
}

function isNear(off: number, most: number = slewClocks): boolean {
  return off <= most && off >= -most - 1;
}

/** Whether the line has been away from the clock, but not for long enough to count. */
function isDoubtful({ awaySinceUs }: ClockOut, nowUs: number): boolean {
  return awaySinceUs !== undefined && nowUs - awaySinceUs < patienceUs;
}

/** Clocks from `next` on, with Start or Continue before the first that is a multiple of `grid`. */
function opening(next: number, grid: number, message: ClockOut["opening"]): ClockOut {
  return { phase: "waiting", next, lastUs: undefined, lastDueUs: 0, awaySinceUs: undefined, from: Math.ceil(next / grid) * grid, opening: message, shift: 0 };
}

function dueAt({ next, shift, lastUs, lastDueUs }: ClockOut, line: ClockLine, keepsPace: boolean): number {
  const intervalUs = 60e6 / line.bpm / clocksPerBeat;
  const onLine = timeOfBeat(line, (next - shift) / clocksPerBeat);
  if (lastUs === undefined) return onLine;
  const inPace = lastDueUs + intervalUs;
  const off = keepsPace ? 0 : onLine - inPace;
  const most = Math.min(Math.abs(off) < intervalUs ? mostUs : Number.POSITIVE_INFINITY, mostShare * intervalUs);
  const wanted = inPace + Math.min(most, Math.max(-most, share * off));
  return Math.max(wanted, lastUs + shortest * intervalUs);
}
