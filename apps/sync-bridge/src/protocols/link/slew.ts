/** Another tempo for a while, which moves beats without a jump. */
export interface Slew {
  readonly bpm: number;
  readonly endUs: number;
  /** The tempo after it. */
  readonly thenBpm: number;
}

/** Closer than this nothing is moved: nobody can hear it, and the analyzer's own beats are not closer. */
const closeUs = 1500;
const leastUs = 500_000;
/** Largest change of the tempo while beats are moved, as a share; the second one where the tempo changes anyway. */
const slowest = 0.02;
const fastest = 0.15;

/** How to move beats. @param behindUs how far the session is behind the rig @returns undefined when it is close */
export function planSlew(behindUs: number, bpm: number, nowUs: number, isFast: boolean): Slew | undefined {
  if (Math.abs(behindUs) < closeUs) return undefined;
  const lastsUs = Math.max(leastUs, Math.abs(behindUs) / (isFast ? fastest : slowest));
  return { bpm: bpm * (1 + behindUs / lastsUs), endUs: nowUs + lastsUs, thenBpm: bpm };
}
