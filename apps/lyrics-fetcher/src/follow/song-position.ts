import { correct, noPosition, positionAt, timeAt } from "@vj/playback";
import type { SteadyPosition } from "@vj/playback";

/** Where the song is: what is reported of it, moving with the clock between two reports, and shifted by the timing offset. */
export class SongPosition {
  #position: SteadyPosition | undefined;
  #offsetMs = 0;

  /** Positive shows lines earlier. */
  set offsetMs(offsetMs: number) {
    this.#offsetMs = offsetMs;
  }

  /** Seconds of the lyrics; undefined before the first report. The only place where the timing offset counts. */
  get seconds(): number | undefined {
    return this.secondsAt(performance.now());
  }

  /** The position as it was or will be, seconds. @param at milliseconds of the monotonic clock */
  secondsAt(at: number): number | undefined {
    return this.#position === undefined ? undefined : positionAt(this.#position, at) + this.#offsetMs / 1000;
  }

  /** Whole milliseconds until a moment of the lyrics, at least 1; undefined while nothing moves. */
  msUntil(seconds: number): number | undefined {
    if (this.#position === undefined) return undefined;
    const now = performance.now();
    const place = seconds - this.#offsetMs / 1000;
    // It has begun since the caller looked.
    if (positionAt(this.#position, now) >= place) return 1;
    const at = timeAt(this.#position, place, now);
    // Rounded up: a timer that fires early would find the old line and wait again.
    return at === undefined ? undefined : Math.max(1, Math.ceil(at - now));
  }

  /** A report: seconds into the track. Small differences are made good smoothly. */
  report(seconds: number, playing: boolean): void {
    const report = { seconds, playing, at: performance.now() };
    this.#position = correct(this.#position ?? noPosition, report, { fresh: this.#position === undefined }).position;
  }

  /** Another track: nothing is known until its position is reported. */
  forget(): void {
    this.#position = undefined;
  }
}
