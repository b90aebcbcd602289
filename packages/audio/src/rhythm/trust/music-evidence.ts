import { activationRate } from "../../rates.ts";
import { createEvidenceMeasures, meanFrames } from "./evidence-measures.ts";
import type { Sound } from "./evidence-measures.ts";
import { evidenceWeights } from "./evidence-weights.ts";
import { logOdds } from "./log-odds.ts";

/**
 * Decides between music with a beat and anything else (speech, applause, noise, a pad) by a running sum of evidence.
 * Beats of music have a high activation, come where the filter expects them, and keep the filter on one hypothesis. Peaks
 * of anything else are low, come at random, and make the filter jump. Two logistic regressions (`evidenceWeights`) weigh that:
 * high peaks on the beat are enough at once (`quick`); lower peaks are enough once the filter has kept to them for a while (`kept`).
 * The larger result counts.
 */
export interface MusicEvidence {
  /** Beats are to go out. */
  readonly present: boolean;
  /** The sum is well above the value at which beats begin. */
  readonly sure: boolean;
  /** The newest evidence is for music, and most peaks fall where the filter expects them. */
  readonly evident: boolean;
  /** The sound of the last seconds has bass. */
  readonly hasBass: boolean;
  /**
   * Processes one frame. `activation` 0..1; `onBeat` 0..1: how close the frame is to a beat that the filter expected
   * before it.
   */
  push(activation: number, onBeat: number): void;
  /** Other evidence; holds until it is set again. */
  readonly known: Known;
  reset(): void;
}

/** Evidence that the caller adds to the activation. */
export interface Known extends Sound {
  mass: number;
  bass: number;
  power: number;
  /** Weight of a frame that counts against music. */
  weight: number;
  /** Evidence from elsewhere, log odds. */
  odds: number;
}

const frameSeconds = 1 / activationRate;
/** High peaks with bass for long count as this, log odds. */
const longOdds = 1;
/** Largest evidence of one moment, log odds per second. */
const most = 4;
/** Limits of the sum, log odds; it starts at the lower one. Then the values above which beats begin and below which they end. */
const bounds = [-2, 6] as const;
const start = 0;
const sure = 4;
/** Share of the peaks on the beat from which the beat is evident. */
const evidentShare = 0.45;
const stop = -1;

export function createMusicEvidence(): MusicEvidence {
  const measures = createEvidenceMeasures();
  const sum: { value: number; odds: number } = { value: bounds[0], odds: 0 };
  // Fractions as first values: V8 then stores these fields as numbers that change in place.
  const known: Known = { mass: 0.02, bass: 0.5, power: 0.5, weight: 0.5, odds: 0.5 };
  const evidence = {
    present: false,
    get sure() {
      return sum.value > sure;
    },
    get evident() {
      return sum.odds > 0 && measures.onBeat > evidentShare;
    },
    get hasBass() {
      return measures.hasBass;
    },
    known,
    push(activation: number, onBeat: number): void {
      measures.push(activation, onBeat, known);
      measures.measure();
      sum.odds = Math.max(logOdds(evidenceWeights.quick, measures.values), logOdds(evidenceWeights.kept, measures.values));
      if (!evidence.present && measures.lasts) sum.odds = Math.max(longOdds, sum.odds);
      const odds = Math.min(most, Math.max(-most, sum.odds + known.odds));
      // A filter that has just started expects nothing yet: that is not evidence against music.
      const counted = odds < 0 ? odds * known.weight * Math.min(1, measures.frames / meanFrames) : odds;
      sum.value = Math.min(bounds[1], Math.max(bounds[0], sum.value + counted * frameSeconds));
      evidence.present = sum.value > (evidence.present ? stop : start);
    },
    reset(): void {
      measures.reset();
      sum.value = bounds[0];
      evidence.present = false;
    },
  };
  return evidence;
}
