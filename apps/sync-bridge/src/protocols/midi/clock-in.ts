import { median } from "@vj/schema";
import { clocksPerBeat, clocksPerSixteenth, readSongPosition, realtime } from "./messages.ts";
import type { ProposedTempo } from "../protocol.ts";

/** A received clock: its place in the song, in clocks, and its time. */
interface ReceivedClock {
  readonly place: number;
  readonly us: number;
}

/** What was received of another program's clock. */
export interface ClockIn {
  /** The last clocks, oldest first. */
  readonly clocks: readonly ReceivedClock[];
  /** Place of the next clock. */
  readonly next: number;
  /** `unknown`: it ran before we listened. */
  readonly transport: "unknown" | "running" | "stopped";
  /** Whether the place is that of the song: Start or a song position was received. */
  readonly isPlaced: boolean;
}

export const silentClock: ClockIn = { clocks: [], next: 0, transport: "unknown", isPlaced: false };

const windowClocks = 2 * clocksPerBeat;

/** Fewest clocks that give a tempo: half a beat. */
const fewestClocks = clocksPerBeat / 2;

/** The tempo has changed when the newest clocks lie this far from the line through all of them, all on one side. */
const newestClocks = 6;
const changeUs = 3000;

/** The clock has ended when no message arrives for this long, or for five intervals. */
const lossUs = 500_000;

/** The clock after one more message. @param us time of the message, microseconds */
export function takeMessage(state: ClockIn, message: readonly number[], us: number): ClockIn {
  const sixteenth = readSongPosition(message);
  // A song position moves the place of all clocks that were counted before it.
  if (sixteenth !== undefined) return { ...state, ...moved(state, sixteenth * clocksPerSixteenth), isPlaced: true };
  switch (message[0]) {
    case realtime.start:
      return { ...moved(state, 0), transport: "running", isPlaced: true };
    case realtime.continue:
      return { ...state, transport: "running" };
    case realtime.stop:
      return { ...state, transport: "stopped" };
    case realtime.clock:
      return takeClock(state, us);
    default:
      return state;
  }
}

function takeClock(state: ClockIn, us: number): ClockIn {
  const last = state.clocks.at(-1);
  const kept = last !== undefined && us - last.us > lossUs ? [] : state.clocks;
  if (state.transport === "stopped") {
    // Clocks while the song waits give a tempo but no place: the next place stays, and the earlier clocks move back.
    return { ...state, clocks: [...kept.map(({ place, us: at }) => ({ place: place - 1, us: at })), { place: state.next - 1, us }].slice(-windowClocks) };
  }
  return { ...state, clocks: [...kept, { place: state.next, us }].slice(-windowClocks), next: state.next + 1 };
}

/** The same clocks, counted so that the next one is at `next`. */
function moved(state: ClockIn, next: number): ClockIn {
  const shift = next - state.next;
  return { ...state, clocks: state.clocks.map(({ place, us }) => ({ place: place + shift, us })), next };
}

/**
 * The tempo of the other program; undefined while it is stopped, or no clock arrives, or too few did.
 * `quantum` is left out while the place in the song is unknown; the beat is a guess then, too.
 */
export function tempoIn({ clocks, transport, isPlaced }: ClockIn, nowUs: number): ProposedTempo | undefined {
  const last = clocks.at(-1);
  if (last === undefined || transport === "stopped" || clocks.length < fewestClocks) return undefined;
  const line = robustLine(clocks);
  if (line === undefined || nowUs - last.us > Math.max(lossUs, 5 * line.usPerClock)) return undefined;
  const bpm = 60e6 / (line.usPerClock * clocksPerBeat);
  if (bpm < 20 || bpm > 999) return undefined;
  return { bpm, beat: last.place / clocksPerBeat, atUs: line.timeOf(last.place), ...(isPlaced ? { quantum: 4 } : {}) };
}

interface Line {
  readonly usPerClock: number;
  timeOf(place: number): number;
}

/** The line through the clocks without those that lie far off; through the newest alone when the tempo has changed. */
function robustLine(clocks: readonly ReceivedClock[]): Line | undefined {
  const all = trimmedLine(clocks);
  if (all === undefined || clocks.length <= fewestClocks) return all;
  const newest = clocks.slice(-newestClocks).map(({ place, us }) => us - all.timeOf(place));
  const hasChanged = newest.every((off) => off > changeUs) || newest.every((off) => off < -changeUs);
  return hasChanged ? trimmedLine(clocks.slice(-fewestClocks)) : all;
}

function trimmedLine(clocks: readonly ReceivedClock[]): Line | undefined {
  const first = leastSquares(clocks);
  if (first === undefined) return undefined;
  const offs = clocks.map(({ place, us }) => Math.abs(us - first.timeOf(place)));
  const limit = 3 * median(offs) + 100;
  return leastSquares(clocks.filter((_, index) => (offs[index] ?? 0) <= limit)) ?? first;
}

function leastSquares(clocks: readonly ReceivedClock[]): Line | undefined {
  const [origin] = clocks;
  if (origin === undefined) return undefined;
  const count = clocks.length;
  const meanPlace = clocks.reduce((sum, { place }) => sum + place - origin.place, 0) / count;
  const meanUs = clocks.reduce((sum, { us }) => sum + us - origin.us, 0) / count;
  let over = 0;
  let under = 0;
  for (const { place, us } of clocks) {
    const x = place - origin.place - meanPlace;
    over += x * (us - origin.us - meanUs);
    under += x * x;
  }
  if (under === 0 || over <= 0) return undefined;
  const usPerClock = over / under;
  return { usPerClock, timeOf: (place) => origin.us + meanUs + (place - origin.place - meanPlace) * usPerClock };
}
