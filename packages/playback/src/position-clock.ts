/** A position that was reported: it moves with the clock while the track plays. */
export interface ReportedPosition {
  /** Seconds into the track. */
  readonly seconds: number;
  readonly playing: boolean;
  /** Time of the report, milliseconds of a monotonic clock. */
  readonly at: number;
  /** Seconds of the track per second; 1 unless the player says otherwise. */
  readonly rate?: number | undefined;
  /** Length of the track in seconds, where the position stops; 0 when unknown. */
  readonly duration?: number | undefined;
}

/** A position that never steps back at the next report of the same track: see {@link correct}. */
export interface SteadyPosition extends ReportedPosition {
  readonly rate: number;
  readonly duration: number;
  /** What was shown minus what was reported, seconds; fades out within {@link fadeMs}. */
  readonly error: number;
}

/** A report this far ahead of what was shown, seconds, is taken at once. */
const aheadSeconds = 0.1;
/** A report this far behind is a jump back; what is less comes from the way reports take, and is made good without a step back. */
const behindSeconds = 0.3;
/** Slow enough that a position that plays never goes back while it is corrected. */
const fadeMs = 600;
/** Tape stops and scratches are slower or faster than any sensible rate. */
const fastest = 16;

/** Where a track stands that was not reported yet. */
export const noPosition: SteadyPosition = { seconds: 0, playing: false, rate: 1, at: 0, duration: 0, error: 0 };

/**
 * Seconds into the track now, from 0 to its length where that is known.
 * @param position as reported, or as corrected. @param now on the clock of `at`
 */
export function positionAt(position: ReportedPosition & { readonly error?: number }, now: number): number {
  const { seconds, playing, at, rate, duration = 0, error = 0 } = position;
  const elapsed = now - at;
  const moved = playing ? seconds + (elapsed / 1000) * usable(rate) : seconds;
  const faded = moved + error * Math.min(1, Math.max(0, 1 - elapsed / fadeMs));
  return Math.max(0, duration > 0 ? Math.min(faded, duration) : faded);
}

/**
 * Takes a report. A small difference to what was shown is made good smoothly, a large one at once.
 * @param fresh the report is of another track: nothing of the former one counts.
 * @returns the position from now on, and whether it jumped or what moves it changed.
 */
export function correct(before: SteadyPosition, report: ReportedPosition, fresh = false): { position: SteadyPosition; jumped: boolean } {
  const { seconds, playing, at, duration = 0 } = report;
  const rate = usable(report.rate);
  const target = { seconds: Math.max(0, seconds), playing, rate, at, duration, error: 0 };
  const same = !fresh && before.playing === playing && before.rate === rate;
  const error = positionAt(before, at) - positionAt(target, at);
  const slow = Math.min(1, rate);
  if (!same || error > behindSeconds * slow || error < -aheadSeconds) return { position: target, jumped: true };
  // A paused player may be a little elsewhere than the clock said; there is nothing that would move to make it good.
  return { position: playing ? { ...target, error } : target, jumped: false };
}

/**
 * When a position that nothing else moves reaches a place in the track, on the clock of `at`.
 * @param seconds into the track @param now the place is looked for from here on
 * @returns undefined when it never does: it is paused, past it already, or the track ends before
 */
export function timeAt(position: SteadyPosition, seconds: number, now: number): number | undefined {
  const { playing, rate, at, duration, error } = position;
  if (!playing || (duration > 0 && seconds > duration) || positionAt(position, now) >= seconds) return undefined;
  const faded = at + ((seconds - position.seconds) * 1000) / rate;
  if (faded - at >= fadeMs) return faded;
  // Until the error has faded, what is shown moves by this much in a millisecond.
  return at + (seconds - position.seconds - error) / (rate / 1000 - error / fadeMs);
}

function usable(rate: number | undefined): number {
  return rate !== undefined && Number.isFinite(rate) && rate > 0 ? Math.min(rate, fastest) : 1;
}
