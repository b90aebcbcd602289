/** Another tempo for a while, which moves beats without a jump. */
export interface Slew {
  readonly bpm: number;
  readonly endUs: number;
  /** The tempo after it. */
  readonly thenBpm: number;
}

/** Beats closer than this are not moved: no ear notices the distance, and the analyzer's own beats are not closer. */
const closeUs = 1500;
const leastUs = 500_000;
/** A few milliseconds are made up for by a change of the tempo that nobody notices (a share), unless that would last longer than this. */
const gentle = 0.004;
const longestGentleUs = 1_500_000;
/** The same shortly after a change of the tempo, when beats move on to their places: what they still lack must not make the new tempo another one. */
const longestGentleAfterChangeUs = 3_500_000;
/** Largest change of the tempo while beats are moved, as a share. */
const slowest = 0.02;
/** The same where the tempo changes anyway: only a fast move brings the beats to their place within two seconds of the change. */
const leastFastUs = 300_000;
const fastest = 0.25;

/** How to move beats. @param behindUs how far the session is behind the rig @returns undefined when it is close */
export function planSlew(behindUs: number, bpm: number, nowUs: number, isFast: boolean): Slew | undefined {
  if (Math.abs(behindUs) < closeUs) return undefined;
  const size = Math.abs(behindUs);
  const longestUs = isFast ? longestGentleAfterChangeUs : longestGentleUs;
  const isGentle = !isFast || size < longestUs * gentle;
  const lastsUs = isGentle ? Math.max(leastUs, Math.min(size / gentle, longestUs), size / slowest) : Math.max(leastFastUs, size / fastest);
  return { bpm: bpm * (1 + behindUs / lastsUs), endUs: nowUs + lastsUs, thenBpm: bpm };
}
