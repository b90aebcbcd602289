/** Which beat of a bar of four each beat is: the place where downbeats were heard in the last bars. */
export interface BarCounter {
  /** 1..4: the beat last counted. */
  readonly beat: number;
  /** Count one beat, given how much of a downbeat (0..1) the beat before it proved to be. */
  count(downbeatBefore: number): void;
  /** Call the last beat a downbeat, whatever was heard. */
  restart(): void;
  reset(): void;
}

const BEATS = 4;
/** Weight of the newest bar against those before. */
const PACE = 0.3;
/** Another beat must be this much more of a downbeat before the count moves to it. */
const MARGIN = 0.05;

export const createBarCounter = (): BarCounter => {
  const strength = new Float64Array(BEATS);
  let index = 0;
  let first = 0;

  const counter = {
    beat: 1,
    count(downbeatBefore: number): void {
      strength[index] = (strength[index] ?? 0) + PACE * (downbeatBefore - (strength[index] ?? 0));
      index = (index + 1) % BEATS;
      for (let k = 0; k < BEATS; k++) if ((strength[k] ?? 0) > (strength[first] ?? 0) + MARGIN) first = k;
      counter.beat = ((index - first + BEATS) % BEATS) + 1;
    },
    restart(): void {
      first = index;
      const most = Math.max(...strength);
      strength[first] = most + 2 * MARGIN;
      counter.beat = 1;
    },
    reset(): void {
      strength.fill(0);
      index = 0;
      first = 0;
      counter.beat = 1;
    },
  };
  return counter;
};
