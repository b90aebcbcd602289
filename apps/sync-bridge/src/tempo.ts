/** A tempo as a straight line: beat `beat` is at `atUs`, and `bpm` beats follow in each minute. */
export interface Tempo {
  /** 20 to 999. */
  readonly bpm: number;
  /** Any beat, with fractions. */
  readonly beat: number;
  /** Its time, microseconds of the system's monotonic clock (`process.hrtime`). */
  readonly atUs: number;
}

/** The tempo of the rig. */
export interface RigTempo extends Tempo {
  /** Felt beats of a bar; beats that are multiples of it begin bars. */
  readonly metre: number;
  /** Whether the beat that begins a bar is known, and the last beats agree with it. */
  readonly barKnown: boolean;
  /** Number of beats that have agreed with that bar. */
  readonly barBeats: number;
  /** Its source: a code of `tempo_by` in `/audio/tempo`, never 0. */
  readonly by: number;
  /** Whether music gives it now. False while it is held: in a breakdown, or without sound. */
  readonly live: boolean;
}

/** The beat at a time. */
export function beatAt({ bpm, beat, atUs }: Tempo, timeUs: number): number {
  return beat + ((timeUs - atUs) * bpm) / 60e6;
}

/** The time of a beat, microseconds. */
export function timeOfBeat({ bpm, beat, atUs }: Tempo, wanted: number): number {
  return atUs + ((wanted - beat) * 60e6) / bpm;
}

/** The place of a number within `quantum`: 0 up to `quantum`. */
export function placeIn(quantum: number, value: number): number {
  return ((value % quantum) + quantum) % quantum;
}

/** The shortest way from one place to another within `quantum`: −quantum/2 up to quantum/2. */
export function wayIn(quantum: number, from: number, to: number): number {
  return placeIn(quantum, to - from + quantum / 2) - quantum / 2;
}

/** Microseconds of the system's monotonic clock now. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
