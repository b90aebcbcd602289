/** A reported position: it advances with the clock while the track plays. */
export interface ReportedPosition {
  /** Seconds into the track. */
  readonly seconds: number;
  readonly playing: boolean;
  /** Time of the report, milliseconds of a monotonic clock. */
  readonly at: number;
  /** Playing speed, seconds of the track per second; default 1. */
  readonly rate?: number | undefined;
  /** Length of the track in seconds, at which the position stops; 0 when unknown. */
  readonly duration?: number | undefined;
}

/** A position that never steps back at the next report of the same track: see {@link correct}. */
export interface SteadyPosition extends ReportedPosition {
  readonly rate: number;
  readonly duration: number;
  /** Shown minus reported position, seconds; fades to 0 within {@link fadeMs}. */
  readonly error: number;
}

/** A report this far ahead of the shown position, seconds, is taken at once. */
const aheadSeconds = 0.1;
/**
 * A report this far behind is a jump back. A smaller difference comes from the delay of reports and is corrected without
 * a step back.
 */
const behindSeconds = 0.3;
/** Slow enough that a playing position never goes back while it is corrected. */
const fadeMs = 600;
/** Limits the rate of tape stops and scratches, which are slower or faster than any sensible rate. */
const fastest = 16;

/** The position of a track without a report. */
export const noPosition: SteadyPosition = { seconds: 0, playing: false, rate: 1, at: 0, duration: 0, error: 0 };

/**
 * The current position, seconds into the track, from 0 to its length where that is known.
 * @param position as reported, or as corrected. @param now on the clock of `at`
 */
export function positionAt(position: ReportedPosition & { readonly error?: number }, now: number): number {
  const { seconds, playing, at, rate, duration = 0, error = 0 } = position;
  const elapsed = now - at;
  const moved = playing ? seconds + (elapsed / 1000) * usable(rate) : seconds;
  const faded = moved + error * Math.min(1, Math.max(0, 1 - elapsed / fadeMs));
  return Math.max(0, duration > 0 ? Math.min(faded, duration) : faded);
}

/** How a report is taken. */
export interface CorrectOptions {
  /** The report is of another track: nothing of the former one counts. Default false. */
  readonly fresh?: boolean;
}

/**
 * Takes a report. A small difference to the shown position is corrected smoothly, a large one at once.
 * @returns the new position, and whether it jumped or its motion changed.
 */
export function correct(before: SteadyPosition, report: ReportedPosition, { fresh = false }: CorrectOptions = {}): { position: SteadyPosition; jumped: boolean } {
  const { seconds, playing, at, duration = 0 } = report;
  const rate = usable(report.rate);
  const target = { seconds: Math.max(0, seconds), playing, rate, at, duration, error: 0 };
  const same = !fresh && before.playing === playing && before.rate === rate;
  const error = positionAt(before, at) - positionAt(target, at);
  const slow = Math.min(1, rate);
  if (!same || error > behindSeconds * slow || error < -aheadSeconds) return { position: target, jumped: true };
  // A paused player may stand slightly elsewhere than the clock predicted; nothing moves, so the difference is not faded.
  return { position: playing ? { ...target, error } : target, jumped: false };
}

/**
 * Time on the clock of `at` when a position reaches a place in the track, if no report changes it.
 * @param seconds into the track @param now earliest time
 * @returns undefined when it never does: it is paused, past the place already, or the track ends before
 */
export function timeAt(position: SteadyPosition, seconds: number, now: number): number | undefined {
  const { playing, rate, at, duration, error } = position;
  if (!playing || (duration > 0 && seconds > duration) || positionAt(position, now) >= seconds) return undefined;
  const faded = at + ((seconds - position.seconds) * 1000) / rate;
  if (faded - at >= fadeMs) return faded;
  // Until the error has faded, the shown position advances by this much per millisecond.
  return at + (seconds - position.seconds - error) / (rate / 1000 - error / fadeMs);
}

function usable(rate: number | undefined): number {
  return rate !== undefined && Number.isFinite(rate) && rate > 0 ? Math.min(rate, fastest) : 1;
}
