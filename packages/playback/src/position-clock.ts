/** A position that was reported. */
export interface ReportedPosition {
  /** Seconds into the track. */
  readonly seconds: number;
  readonly playing: boolean;
  /** When it was so, milliseconds of a monotonic clock. */
  readonly at: number;
}

/** Seconds into the track now: a position moves with the clock while the track plays. @param now on the clock of `at` */
export function positionAt({ seconds, playing, at }: ReportedPosition, now: number): number {
  return playing ? seconds + (now - at) / 1000 : seconds;
}
