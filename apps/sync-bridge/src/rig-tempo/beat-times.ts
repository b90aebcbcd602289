/** A packet of `/audio/tempo`. */
export interface TempoPacket {
  /** 0 while unknown. */
  readonly bpm: number;
  /** Whole beats since the start of the analyzer. */
  readonly beats: number;
  /** Place in the beat, 0 to 1. */
  readonly phase: number;
  /** Code of `tempo_by`; 0 without a tempo. */
  readonly by: number;
}

/** A beat of the rig and its time. */
export interface BeatTime {
  readonly beat: number;
  readonly atUs: number;
}

/** The packets of one beat so far. */
export interface BeatTimes {
  readonly beat: number;
  readonly times: readonly number[];
  /** Whether this beat has been passed on. */
  readonly done: boolean;
}

export const noBeatTimes: BeatTimes = { beat: Number.NaN, times: [], done: true };

/** A beat is passed on once its packets are beyond this phase: those of its first half are measured from the sound of the beat itself. */
const givenOutAt = 0.5;
/** In its first frames the analyzer's phase still moves from the frame of the beat to the beat. */
const settledAt = 0.05;
const fewestTimes = 3;
/** Packets that a stall held back arrive together, so each gives another time of the beat. Distance between the quartiles of the times, microseconds. */
const widest = 40_000;

/**
 * Collects the times that the packets of a beat give for it, and passes on their median: packets that arrived late, up to half
 * of them, change nothing.
 * @param atUs time of receipt
 * @param isUrgent the beat is passed on as soon as some packets have given its time
 */
export function collectBeat(collected: BeatTimes, { bpm, beats, phase }: TempoPacket, atUs: number, isUrgent: boolean): { collected: BeatTimes; beatTime?: BeatTime } {
  const isNext = beats !== collected.beat;
  const begun = isNext ? { beat: beats, times: [], done: false } : collected;
  // A beat whose packets after its middle were lost in a stall.
  const missed = isNext && !collected.done ? timeOf(collected) : undefined;
  if (begun.done || phase < settledAt) return { collected: begun, ...(missed === undefined ? {} : { beatTime: missed }) };
  const next = { ...begun, times: [...begun.times, atUs - (phase * 60e6) / bpm] };
  const isDue = phase >= givenOutAt || (isUrgent && next.times.length >= fewestTimes);
  const beatTime = missed ?? (isDue ? timeOf(next) : undefined);
  const done = isDue && missed === undefined;
  return { collected: { ...next, done }, ...(beatTime === undefined ? {} : { beatTime }) };
}

function timeOf({ beat, times }: BeatTimes): BeatTime | undefined {
  if (times.length < fewestTimes) return undefined;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return at(0.75) - at(0.25) > widest ? undefined : { beat, atUs: at(0.5) };
}
