/** Finds that the bass of the groove has gone, as in a break: the power below about 130 Hz is far below its usual level. */
export interface BassAway {
  readonly away: boolean;
  /** @param low power of a hop, see `BandPower.low` */
  update(low: number): void;
  reset(): void;
}

/** The level of now is a mean with this time constant, s: a bass line has gaps. */
const meanSeconds = 0.6;
/** The level of the groove follows that of now with this time constant, s, and has lasted for so long before the bass can be away, s. */
const grooveSeconds = 2;
const leastGroove = 4;
/** So far below its groove the bass is away, and so far below it no longer of the groove, dB; so far above, another groove begins. */
const goneDb = 9;
const grooveDb = 6;
const newDb = 12;
/** While the bass is away, the level of the groove falls by this, dB/s: after a minute or two without it is forgotten. */
const leak = 0.1;
const floor = 1e-10;

export function createBassAway(hopSeconds: number): BassAway {
  const pace = 1 - Math.exp(-hopSeconds / meanSeconds);
  const state = { mean: 0.5, groove: -0.5, lasted: 0.5 };
  const bass = {
    away: false,
    update(low: number): void {
      state.mean += pace * (low - state.mean);
      const now = 10 * Math.log10(state.mean + floor);
      if (now > state.groove + newDb) {
        state.groove = now;
        state.lasted = 0;
      } else if (now > state.groove - grooveDb) {
        state.groove += (now - state.groove) * (hopSeconds / grooveSeconds);
        state.lasted += hopSeconds;
      } else state.groove -= leak * hopSeconds;
      bass.away = state.lasted > leastGroove && now < state.groove - goneDb;
    },
    reset(): void {
      Object.assign(state, { mean: 0, groove: -Infinity, lasted: 0 });
      bass.away = false;
    },
  };
  bass.reset();
  return bass;
}
