import { createBandRise } from "./band-rise.ts";

/**
 * Whether the sound has attacks. Drums, plucked and struck notes rise within two hops; a pad does not, nor does a tremolo, although its
 * swelling is as regular as a beat, so that the networks find one in it.
 */
export interface Attacks {
  /** There were two in the last seconds: the beginning of a sound alone does not count. True, too, while the sound is too new to tell. */
  readonly found: boolean;
  /** Processes the newest log bands, once per hop. */
  listen(bands: Float64Array): void;
  reset(): void;
}

/** Least rise of an attack, log units a hop, mean over the bands: attacks of music have 0.2 and more, a chord with a tremolo rises by 0.1. */
const leastRise = 0.14;
/** Times in hops: of one attack; in which there have to be two, at 50 BPM, too; and in which a new sound has had time for them. */
const attackHops = 20;
const recentHops = 300;
const newHops = 140;

export function createAttacks(bandCount: number): Attacks {
  const rise = createBandRise(bandCount);
  const hops = { now: 0, latest: -Infinity, oneBefore: -Infinity };

  return {
    get found() {
      return hops.now < newHops || hops.now - hops.oneBefore < recentHops;
    },
    listen(bands) {
      hops.now += 1;
      if (rise(bands) < leastRise || hops.now - hops.latest < attackHops) return;
      hops.oneBefore = hops.latest;
      hops.latest = hops.now;
    },
    reset() {
      hops.now = 0;
      hops.latest = -Infinity;
      hops.oneBefore = -Infinity;
    },
  };
}
