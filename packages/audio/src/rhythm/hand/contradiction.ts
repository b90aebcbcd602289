/** Whether the music plainly contradicts the beat that a person has set. */
export interface Contradiction {
  /** It has done so for eight bars. */
  readonly lasts: boolean;
  /**
   * Processes an activation, 0..1.
   * @param byHand distance of its time from the nearest beat of the person, s
   * @param byTracker the same for the tracker's own beats
   */
  push(activation: number, byHand: number, byTracker: number): void;
  /** A beat of the person has passed. @param sure the tracker is sure of its own beats. @param music there is music */
  beat(sure: boolean, music: boolean): void;
  reset(): void;
}

/** Eight bars. */
const mostBeats = 32;
/** A peak this close to a beat is on it, s. */
const near = 0.035;
/** The means are over about so many beats. */
const memory = 8;
/**
 * Plain: peaks at the person's beats are less than this share as high as those at the tracker's own. Twice as many beats as the
 * music has are half as high on average.
 */
const plainShare = 0.3;
const plainHeight = 0.3;

/** The mean of the highest activations at the beats of one line. */
function createHits(): { readonly mean: number; push(activation: number, off: number): void; reset(): void } {
  const hits = {
    mean: 0.5,
    count: 0,
    peak: 0.5,
    inside: false,
    push(activation: number, off: number): void {
      if (off <= near) {
        hits.peak = Math.max(hits.inside ? hits.peak : 0, activation);
        hits.inside = true;
      } else if (hits.inside) {
        hits.inside = false;
        hits.count += 1;
        hits.mean += (hits.peak - hits.mean) / Math.min(memory, hits.count);
      }
    },
    reset(): void {
      hits.count = 0;
      hits.inside = false;
      hits.mean = 0;
    },
  };
  return hits;
}

export function createContradiction(): Contradiction {
  const hand = createHits();
  const tracker = createHits();
  const beats = { against: 0 };
  return {
    get lasts() {
      return beats.against >= mostBeats;
    },
    push(activation, byHand, byTracker) {
      hand.push(activation, byHand);
      tracker.push(activation, byTracker);
    },
    beat(sure, music) {
      const plain = sure && tracker.mean > plainHeight && hand.mean < plainShare * tracker.mean;
      beats.against = plain || !music ? beats.against + 1 : Math.max(0, beats.against - 2);
    },
    reset() {
      hand.reset();
      tracker.reset();
      beats.against = 0;
    },
  };
}
