import { outputRate } from "@vj/audio";

/** Seconds over which the rate is measured. */
const windowSeconds = 5;

/** The rate of frames as it really is, in frames per second of the wall clock. */
export interface FrameRate {
  /** A frame went out. */
  count(now: number): void;
  /** Frames so far. */
  readonly total: number;
  /** Over the last five seconds; 0 before the first second and when frames stopped. `now` in ms. */
  perSecond(now: number): number;
}

export function createFrameRate(): FrameRate {
  /** When each of the last full seconds of frames ended, oldest first. */
  const marks: number[] = [];
  let total = 0;
  return {
    count(now) {
      if (total % outputRate === 0) {
        marks.push(now);
        if (marks.length > windowSeconds + 1) marks.shift();
      }
      total += 1;
    },
    get total() {
      return total;
    },
    perSecond(now) {
      const [first = 0] = marks;
      const newest = marks.at(-1) ?? 0;
      if (newest === first || now - newest > 2000) return 0;
      const rate = ((marks.length - 1) * outputRate * 1000) / (newest - first);
      return Math.round(rate * 100) / 100;
    },
  };
}
