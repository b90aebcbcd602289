/** Power (mean square) of one hop in the bands that the structure is read from. */
export interface BandPower {
  /** Kick and bass, below about 130 Hz. */
  low: number;
  /** Hats, noise sweeps, snare rolls: above 5 kHz. */
  high: number;
  /** All frequencies. */
  all: number;
}

/** Detects build-ups and drops in the signal: bass gone, brightness rising for bars, then bass back at once. */
export interface Structure {
  readonly buildup: boolean;
  /** True for one hop, when a drop is detected. */
  readonly dropped: boolean;
  /** Change of the level over the last seconds, -1..1. */
  readonly trend: number;
  update(power: BandPower): void;
  reset(): void;
}

/** Half of the time over which a rise is judged, s: a build-up rises in both halves, a mere entry does not. */
const halfSeconds = 2;
const riseDb = 3;
/** After the bass has been gone for this long, s, the same steepness over halves of half the length is enough. */
const awaySeconds = 1.2;
/** A build-up ends when the rise has stopped for this long, s. */
const holdSeconds = 2.2;
/** Bass this far below its level in the groove counts as gone; this close to it, it counts as back; dB. */
const goneDb = 9;
const backDb = 3;
/** The gap before a drop is at most this long ago, s. */
const gapSeconds = 2;
/** The groove must have lasted this long before a build-up, s. */
const grooveSeconds = 4;
/** While the bass is away, the groove's level falls by this, dB/s. */
const leak = 0.3;
const trendDb = 6;
const floor = 1e-10;
/** A level below this is not a reference for a rise, dB. */
const quietDb = -70;

function decibel(power: number): number {
  return 10 * Math.log10(power + floor);
}

/** Mean power with a time constant, s, in dB. */
function createMeanLevel(seconds: number, hopSeconds: number) {
  const pace = 1 - Math.exp(-hopSeconds / seconds);
  const state = { mean: 0 };
  return {
    update(power: number): number {
      state.mean += pace * (power - state.mean);
      return decibel(state.mean);
    },
    reset(): void {
      state.mean = 0;
    },
  };
}

/** The last values of a level, for comparison. */
function createLevelHistory(length: number) {
  const values = new Float64Array(length).fill(decibel(0));
  let now = 0;
  return {
    push(value: number): void {
      now = now + 1 === length ? 0 : now + 1;
      values[now] = value;
    },
    /** @param ago hops before the newest, below the length */
    at: (ago: number): number => values[(now - ago + length) % length] ?? NaN,
    reset(): void {
      values.fill(decibel(0));
    },
  };
}

export function createStructure(hopSeconds: number): Structure {
  const half = Math.round(halfSeconds / hopSeconds);
  const slowLow = createMeanLevel(0.3, hopSeconds);
  const fastLow = createMeanLevel(0.06, hopSeconds);
  const high = createMeanLevel(0.5, hopSeconds);
  const all = createMeanLevel(0.5, hopSeconds);
  const highs = createLevelHistory(2 * half + 1);
  const levels = createLevelHistory(2 * half + 1);
  const groove = { db: -Infinity, seconds: 0 };
  /** Durations and times since an event, s. */
  const atStart = { sinceRise: Infinity, sinceGap: Infinity, away: 0, rising: 0, sound: 0 };
  const seconds = { ...atStart };

  /** Whether the top end rose by `db` in each of the last two spans of `span` hops. */
  function roseBy(db: number, span: number): boolean {
    return highs.at(0) - highs.at(span) > db && highs.at(span) - highs.at(2 * span) > db;
  }

  function followGroove(low: number): void {
    if (low > groove.db + 6) {
      groove.db = low;
      groove.seconds = 0;
    } else if (low > groove.db - 6) {
      groove.db += (low - groove.db) * (hopSeconds / 2);
      groove.seconds += hopSeconds;
    } else groove.db -= leak * hopSeconds;
  }

  const structure = {
    buildup: false,
    dropped: false,
    trend: 0,
    update(power: BandPower): void {
      const low = slowLow.update(power.low);
      const now = fastLow.update(power.low);
      highs.push(high.update(power.high));
      levels.push(all.update(power.all));
      structure.trend = Math.tanh((levels.at(0) - levels.at(half)) / trendDb);

      seconds.sound = levels.at(0) > quietDb ? seconds.sound + hopSeconds : 0;
      seconds.away = low < groove.db - goneDb ? seconds.away + hopSeconds : 0;
      const rises = roseBy(riseDb, half) || (seconds.away > awaySeconds && roseBy(riseDb / 2, half >> 1));
      const counts = rises && seconds.sound > grooveSeconds + 2 * halfSeconds;
      seconds.rising = counts ? seconds.rising + hopSeconds : Math.max(0, seconds.rising - hopSeconds);
      seconds.sinceRise = seconds.rising > 0.5 ? 0 : seconds.sinceRise + hopSeconds;
      seconds.sinceGap = seconds.away > 0 ? 0 : seconds.sinceGap + hopSeconds;
      const ready = groove.seconds > grooveSeconds && seconds.sinceRise < holdSeconds;
      structure.buildup = ready;
      structure.dropped = ready && seconds.sinceGap < gapSeconds && now > groove.db - backDb;
      if (structure.dropped) {
        seconds.sinceRise = Infinity;
        seconds.rising = 0;
        structure.buildup = false;
      }
      followGroove(low);
    },
    reset(): void {
      for (const part of [slowLow, fastLow, high, all, highs, levels]) part.reset();
      groove.db = -Infinity;
      groove.seconds = 0;
      Object.assign(seconds, atStart);
      structure.buildup = false;
      structure.dropped = false;
      structure.trend = 0;
    },
  };
  return structure;
}
