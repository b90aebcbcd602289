/**
 * Finds that the beat of the music goes on below: in a breakdown the peaks of the activation become as low as those of speech, but go on falling where the
 * music had its beats, which those of another sound do by chance only. A sequential test (A. Wald 1945, Sequential tests of statistical hypotheses)
 * adds up, from the moment the peaks are lower, what each says for one or the other.
 */
export interface KeptBeat {
  /** The beat goes on. */
  readonly found: boolean;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to an expected beat; `attacks`: see `attacks.ts`, without them
   * nothing counts for the beat: a tremolo would set its own.
   */
  push(activation: number, onBeat: number, attacks: boolean): void;
  /** The peaks are as high as those of the music, or there was none. */
  reset(): void;
}

/** Share of the peaks that belong to the beat: of music that goes on, and of other sounds, after which the filter goes. */
const shares = { music: 0.5, others: 0.1 } as const;
/** How much denser peaks of the beat are there than by chance: at 150 BPM, by the width of `onBeat`. */
const denser = 10;
/** The usual square of the activation is a mean over this many frames; a beat has the squares of `beatFrames`, one frame counts for half a beat at most. */
const usualFrames = 60;
const beatFrames = 50;
const mostOfFrame = 0.5;
/** Limits of the sum, log odds; the beat is found above `found`, and lost below `lost`. */
const bounds = { least: -3, most: 6, found: 3, lost: 0 } as const;

/** How likely a peak is there, relative to peaks by chance. */
const likelihood = (share: number, onBeat: number): number => 1 - share + share * denser * onBeat;

export function createKeptBeat(): KeptBeat {
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const usual = { square: 0.5 };
  const sum = { odds: 0.5 };
  const beat = {
    found: false,
    push(activation: number, onBeat: number, attacks: boolean): void {
      const square = activation * activation;
      usual.square += (square - usual.square) / usualFrames;
      const odds = Math.log(likelihood(shares.music, onBeat) / likelihood(shares.others, onBeat));
      if (odds > 0 && !attacks) return;
      const weight = Math.min(mostOfFrame, square / (usual.square * beatFrames + 1e-9));
      sum.odds = Math.min(bounds.most, Math.max(bounds.least, sum.odds + weight * odds));
      beat.found = sum.odds > (beat.found ? bounds.lost : bounds.found);
    },
    reset(): void {
      sum.odds = 0;
      beat.found = false;
    },
  };
  beat.reset();
  return beat;
}
