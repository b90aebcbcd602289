/** A stream this far ahead of the wall clock gets old sound in a burst, after a stall elsewhere. */
const longestLeadMs = 80;

/** A stream this far behind is late; so is one that is further behind than the chunks of a coarse source explain. */
const lateMs = 150;
const lateChunks = 1.25;

/** Rate at which a single large chunk is forgotten, per arrival. */
const forgetting = 0.99;

/** A stream that is late for this long has no more sound. */
const patienceMs = 100;

/** Sound further behind than this is not sent: a beat half a second late is a wrong beat. */
const staleMs = 500;

/** A stream further behind than this (a suspended machine) restarts instead of catching up. */
const longestLagMs = 3000;

/**
 * Time constant with which the wall clock's estimate of the stream follows the device's clock, s: the two clocks always
 * differ.
 */
const driftSeconds = 10;

/** Largest correction, as a share of elapsed time: no crystal is worse than 500 ppm. */
const steepestDrift = 0.001;

/**
 * Fits the samples of a source to the wall clock. The resulting stream advances in step with the wall clock for ever:
 * missing sound is replaced by silence, and late sound is dropped, so that a beat after a gap keeps its place in time.
 * Times in milliseconds of a steady clock; samples are mono.
 */
export interface StreamClock {
  /** `count` samples have arrived. @returns how many of them, the oldest ones, must be dropped. */
  arrive(count: number, now: number): number;
  /** Call it at least once per frame. @returns the number of samples of silence to fill in first. */
  tick(now: number): number;
  /** Milliseconds by which the stream is behind the wall clock after `samples` samples; negative when ahead. */
  lag(samples: number, now: number): number;
  /** Sound further behind than this is not worth sending, ms. */
  readonly staleMs: number;
  /** Number of samples dropped so far. */
  readonly dropped: number;
  /** How often the stream began anew because it was too far behind: its time then jumped. */
  readonly jumps: number;
}

export function createStreamClock(sampleRate: number, now: number): StreamClock {
  const perMs = sampleRate / 1000;
  /** The time at which sample 0 was, or would have been, due. */
  let origin = now;
  /** Samples passed on or filled in. */
  let position = 0;
  let dry = true;
  let skipping = false;
  let lateSince: number | undefined;
  let chunkMs = 0;
  let lastArrival = now;
  let dropped = 0;
  let jumps = 0;

  const lag = (samples: number, at: number): number => at - origin - samples / perMs;

  const lateLimit = (): number => Math.max(lateMs, chunkMs * lateChunks);

  const beginAnew = (at: number): void => {
    dropped += Math.round(lag(position, at) * perMs);
    origin = at - position / perMs;
    jumps += 1;
    lateSince = undefined;
  };

  return {
    get staleMs() {
      return Math.max(staleMs, lateLimit() + patienceMs);
    },
    get dropped() {
      return dropped;
    },
    get jumps() {
      return jumps;
    },
    lag,
    arrive(count, at) {
      if (lag(position, at) > longestLagMs) beginAnew(at);
      // Once begun, skipping continues until the stream is in step again, not only just within the limit.
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
      // Silence whose frames are not sent need not be computed, least of all on a busy machine.
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
