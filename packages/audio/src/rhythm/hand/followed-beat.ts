import type { BeatLine } from "./hand-beat.ts";

/** The beat of another program. */
export interface FollowedBeat extends BeatLine {
  readonly active: boolean;
  /** Which kind of program. */
  readonly source: FollowedSource;
  /** Beats of a bar, 1..4. */
  readonly metre: number;
  /** Takes the report of a program on the stream time `time`, s. */
  set(program: ProgramBeat, time: number): void;
  /** The beat in the bar, 1..metre, of the beat nearest to a time. */
  placeAt(time: number): number;
  release(): void;
}

/** Programs whose tempo can be followed, the first before the others. */
export const followedSources = ["link", "midi", "os2l"] as const;
/** A program whose tempo the rig can follow. */
export type FollowedSource = (typeof followedSources)[number];

/** The report of another program on a moment: it has counted `beat` beats; whole values are beats, and a bar has `quantum` of them. */
export interface ProgramBeat {
  readonly source: FollowedSource;
  readonly bpm: number;
  readonly beat: number;
  readonly quantum: number;
}

/** The bar that pictures show for a quantum: of 1 to 4 beats; a longer quantum is several bars. */
function metreOf(quantum: number): number {
  if (quantum <= 4) return quantum;
  return quantum % 4 === 0 ? 4 : 3;
}

export function createFollowedBeat(): FollowedBeat {
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const line = { time: 0.5, interval: 0.5, number: 0.5 };
  const followed = {
    active: false,
    source: followedSources[0] as FollowedSource,
    metre: 4,
    get time() {
      return line.time;
    },
    get interval() {
      return line.interval;
    },
    set({ source, bpm, beat, quantum }: ProgramBeat, time: number): void {
      line.interval = 60 / bpm;
      line.number = Math.round(beat);
      line.time = time + (line.number - beat) * line.interval;
      followed.source = source;
      followed.metre = metreOf(quantum);
      followed.active = true;
    },
    placeAt(time: number): number {
      const number = line.number + Math.round((time - line.time) / line.interval);
      return number - Math.floor(number / followed.metre) * followed.metre + 1;
    },
    release(): void {
      followed.active = false;
    },
  };
  return followed;
}
