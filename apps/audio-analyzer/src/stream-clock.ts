/** A stream this far before the wall clock gets old sound in a burst, after a stall of somebody else's. */
const longestLeadMs = 80;

/** A stream this far behind is late; so is one behind by more than the chunks of a coarse source explain. */
const lateMs = 150;
const lateChunks = 1.25;

/** Per arrival, how fast a single large chunk is forgotten. */
const forgetting = 0.99;

/** A stream that is late for this long has run dry. */
const patienceMs = 100;

/** What is further behind than this is not worth sending any more: a beat half a second late is a wrong beat. */
const staleMs = 500;

/** A stream further behind than this (a suspended machine) begins anew instead of catching up. */
const longestLagMs = 3000;

/** In how many seconds the wall clock's idea of the stream follows the device's: its clock is never quite ours. */
const driftSeconds = 10;

/** Steepest correction, as a share of elapsed time: no crystal is worse than 500 ppm. */
const steepestDrift = 0.001;

/**
 * Fits what a source delivers to the wall clock. The stream that it lets through advances in step with the wall
 * clock for ever: where the source is silent, silence is filled in, and what comes too late is left out, so that a
 * beat after a gap is still where it was before. Times in milliseconds of a steady clock; samples are mono.
 */
export interface StreamClock {
  /** `count` samples have arrived: how many of them, the oldest ones, must be left out. */
  arrive(count: number, now: number): number;
  /** To be called at least once per frame: how many samples of silence must be filled in before anything else. */
  tick(now: number): number;
  /** Milliseconds that the stream is behind the wall clock after `samples` samples; negative when before it. */
  lag(samples: number, now: number): number;
  /** What is further behind than this is not worth sending any more, ms. */
  readonly staleMs: number;
  /** Samples left out so far. */
  readonly dropped: number;
}

export function createStreamClock(sampleRate: number, now: number): StreamClock {
  const perMs = sampleRate / 1000;
  /** When sample 0 was, or would have been, due. */
  let origin = now;
  /** Samples let through or filled in. */
  let position = 0;
  let dry = true;
  let skipping = false;
  let lateSince: number | undefined;
  let chunkMs = 0;
  let lastArrival = now;
  let dropped = 0;

  const lag = (samples: number, at: number): number => at - origin - samples / perMs;

  const lateLimit = (): number => Math.max(lateMs, chunkMs * lateChunks);

  const beginAnew = (at: number): void => {
    dropped += Math.round(lag(position, at) * perMs);
    origin = at - position / perMs;
    lateSince = undefined;
  };

  return {
    get staleMs() {
      return Math.max(staleMs, lateLimit() + patienceMs);
    },
    get dropped() {
      return dropped;
    },
    lag,
    arrive(count, at) {
      if (lag(position, at) > longestLagMs) beginAnew(at);
      // Once begun, skipping goes on until the stream is in step again, and not only just within the limit.
      skipping = lag(position, at) < (skipping ? 0 : -longestLeadMs);
      if (skipping) {
        dropped += count;
        return count;
      }
      dry = false;
      chunkMs = Math.max(chunkMs * forgetting, count / perMs);
      position += count;
      const behind = lag(position, at);
      if (behind <= lateLimit()) lateSince = undefined;
      const elapsed = at - lastArrival;
      lastArrival = at;
      const steepest = elapsed * steepestDrift;
      origin += Math.max(-steepest, Math.min(steepest, (behind * elapsed) / (driftSeconds * 1000)));
      return 0;
    },
    tick(at) {
      const behind = lag(position, at);
      // Silence whose frames are not sent is not worth the work; least of all on a machine that is too busy already.
      if (behind > (dry ? staleMs : longestLagMs)) {
        beginAnew(at);
        return 0;
      }
      if (!dry && behind > lateLimit()) {
        lateSince ??= at;
        dry = at - lateSince > patienceMs;
      } else if (!dry) lateSince = undefined;
      if (!dry || behind <= 0) return 0;
      lateSince = undefined;
      const silence = Math.floor(behind * perMs);
      position += silence;
      return silence;
    },
  };
}
