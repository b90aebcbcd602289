import type { TempoSpace } from "./space.ts";

/**
 * Forward filter over tempo and position within the beat: the bar-pointer model (Whiteley, Cemgil, Godsill 2006) on the
 * state space of Krebs, Böck, Widmer 2015. A state advances by one position per frame and may change its tempo only at
 * the beat. Positions are stored in rings, so advancing costs nothing.
 */
export interface BeatPointer {
  /** Frames per beat of the likeliest hypothesis, averaged over its neighbours. */
  readonly interval: number;
  /** Phase within the beat of the same hypothesis, 0..1. */
  readonly phase: number;
  /** Share of the probability near that tempo and phase, 0..1. */
  readonly mass: number;
  /** Processes the probability 0..1 of a beat in the next frame. `salience`, 0..1, is its weight: at 0 the beat runs on. */
  update(activation: number, salience: number): void;
  /** Puts nearly all probability on an interval, in frames, and a phase, 0..1; nothing for an interval out of range. */
  favour(interval: number, phase: number): void;
  /** Multiplies the probability of every tempo by a factor, before the next frame. */
  applyPrior(weights: Float64Array): void;
  reset(): void;
}

/** Frames off the beat count as this many times as common as frames on it: sets the activation from which a beat is assumed. */
const offBeatOdds = 1.5;
/** Neighbouring frames carry similar evidence: each counts as this share of a frame. */
const independence = 0.7;
/** Half width of the beat in frames (standard deviation of a Gaussian). */
const beatWidth = 1.2;
/** Activations are limited to this range. */
const activationRange = [0.003, 0.98] as const;
/** Probability added to every state in each frame, so that no hypothesis dies out. */
const floor = 1e-14;
/** Neighbours within this tempo difference (share) and phase difference (beats) count as the same hypothesis. */
const sameTempo = 0.05;
const samePhase = 0.12;
/** Widths of `favour` in tempo (share) and phase (beats), and the share of the probability that stays as it was. */
const favourTempo = 0.02;
const favourPhase = 0.04;
const favourRest = 0.02;

export function createBeatPointer({ shortest, tempi, first, change, prior }: TempoSpace): BeatPointer {
  const states = first[tempi] ?? NaN;
  const probability = new Float64Array(states);
  const head = new Int32Array(tempi);
  const leaving = new Float64Array(tempi);
  const onBeat = new Float64Array(states);
  for (let i = 0; i < tempi; i += 1) {
    const n = shortest + i;
    for (let p = 0; p < n; p += 1) onBeat[(first[i] ?? NaN) + p] = Math.exp(-0.5 * (Math.min(p, n - p) / beatWidth) ** 2);
  }

  function advance(): void {
    for (let i = 0; i < tempi; i += 1) {
      const h = (head[i] ?? NaN) === 0 ? shortest + i - 1 : (head[i] ?? NaN) - 1;
      const at = (first[i] ?? NaN) + h;
      head[i] = h;
      leaving[i] = probability[at] ?? NaN;
      probability[at] = 0;
    }
    for (let i = 0; i < tempi; i += 1) {
      const mass = leaving[i] ?? NaN;
      if (mass < 1e-12) continue;
      for (let j = 0; j < tempi; j += 1) {
        const at = (first[j] ?? NaN) + (head[j] ?? NaN);
        probability[at] = (probability[at] ?? NaN) + mass * (change[i * tempi + j] ?? NaN);
      }
    }
  }

  function weigh(activation: number, salience: number): void {
    const a = Math.min(activationRange[1], Math.max(activationRange[0], activation));
    const weight = independence * salience;
    const on = a ** weight;
    const off = ((1 - a) / offBeatOdds) ** weight;
    let sum = 0;
    for (let i = 0; i < tempi; i += 1) {
      const from = first[i] ?? NaN;
      const end = first[i + 1] ?? NaN;
      let at = from + (head[i] ?? NaN);
      for (let k = from; k < end; k += 1) {
        const v = (probability[at] ?? NaN) * (off + (onBeat[k] ?? NaN) * (on - off)) + floor;
        probability[at] = v;
        sum += v;
        at = at + 1 === end ? from : at + 1;
      }
    }
    const scale = 1 / sum;
    for (let k = 0; k < states; k += 1) probability[k] = (probability[k] ?? NaN) * scale;
  }

  const pointer = {
    interval: 0,
    phase: 0,
    mass: 0,
    update(activation: number, salience: number): void {
      advance();
      weigh(activation, salience);
      estimate();
    },
    applyPrior(weights: Float64Array): void {
      for (let i = 0; i < tempi; i += 1) {
        const weight = weights[i] ?? 1;
        for (let k = first[i] ?? NaN; k < (first[i + 1] ?? NaN); k += 1) probability[k] = (probability[k] ?? NaN) * weight;
      }
    },
    favour(interval: number, phase: number): void {
      if (interval < shortest || interval > shortest + tempi - 1) return;
      const bell = (i: number, p: number): number => {
        const n = shortest + i;
        const off = p / n - phase - Math.round(p / n - phase);
        return Math.exp(-0.5 * (((n - interval) / (favourTempo * interval)) ** 2 + (off / favourPhase) ** 2));
      };
      let sum = 0;
      for (let i = 0; i < tempi; i += 1) for (let p = 0; p < shortest + i; p += 1) sum += bell(i, p);
      for (let i = 0; i < tempi; i += 1) {
        const from = first[i] ?? NaN;
        for (let p = 0; p < shortest + i; p += 1) {
          const at = from + (((head[i] ?? NaN) + p) % (shortest + i));
          probability[at] = favourRest * (probability[at] ?? NaN) + ((1 - favourRest) * bell(i, p)) / sum;
        }
      }
    },
    reset(): void {
      head.fill(0);
      for (let i = 0; i < tempi; i += 1)
        probability.fill((prior[i] ?? NaN) / (shortest + i), first[i], first[i + 1]);
      pointer.interval = 0;
      pointer.phase = 0;
      pointer.mass = 0;
    },
  };

  /** Mean tempo and phase around the likeliest state. */
  function estimate(): void {
    let best = 0;
    let bestTempo = 0;
    let bestAt = 0;
    for (let i = 0; i < tempi; i += 1)
      for (let k = first[i] ?? NaN; k < (first[i + 1] ?? NaN); k += 1)
        if ((probability[k] ?? NaN) > best) {
          best = probability[k] ?? NaN;
          bestTempo = i;
          bestAt = k;
        }
    const length = shortest + bestTempo;
    const centre = ((bestAt - (first[bestTempo] ?? NaN) - (head[bestTempo] ?? NaN) + length) % length) / length;
    const reach = Math.max(2, Math.round(length * sameTempo));
    let mass = 0;
    let interval = 0;
    let offset = 0;
    for (let i = Math.max(0, bestTempo - reach); i <= Math.min(tempi - 1, bestTempo + reach); i += 1) {
      const n = shortest + i;
      const middle = (head[i] ?? NaN) + Math.round(centre * n);
      const wide = Math.round(n * samePhase);
      for (let d = -wide; d <= wide; d += 1) {
        const v = probability[(first[i] ?? NaN) + ((middle + d + n) % n)] ?? NaN;
        mass += v;
        interval += v * n;
        offset += (v * d) / n;
      }
    }
    pointer.mass = Math.min(1, mass);
    pointer.interval = interval / mass;
    pointer.phase = (centre + offset / mass + 1) % 1;
  }

  pointer.reset();
  return pointer;
}
