import { outputRate } from "@vj/audio";

/** Seconds over which the rate is measured. */
const windowSeconds = 5;

/** The actual rate of frames, per second of the wall clock. */
export interface FrameRate {
  /** Counts a sent frame. */
  count(now: number): void;
  /** Frames so far. */
  readonly total: number;
  /** Mean over the last five seconds; 0 before the first second and when frames have stopped. `now` in ms. */
  perSecond(now: number): number;
}

export function createFrameRate(): FrameRate {
  /** End times of the last full seconds of frames, oldest first. */
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
