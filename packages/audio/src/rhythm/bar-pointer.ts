/**
 * Forward filter over tempo and position within the beat: the bar-pointer model (Whiteley, Cemgil, Godsill 2006) on the
 * state space of Krebs, Böck, Widmer 2015. Every whole number of frames is one tempo; a beat advances one position
 * a frame and may change its tempo only at its end.
 */
export interface BarPointer {
  /** Frames per beat of the likeliest hypothesis, averaged over its neighbours. */
  readonly interval: number;
  /** Phase 0..1 within the beat of the same. */
  readonly phase: number;
  /** Share of the probability within a few per cent of that tempo and phase. */
  readonly mass: number;
  /** Take one frame of onset strengths (see `OnsetStrength.values`). */
  update(onset: Float64Array): void;
  reset(): void;
}

const SHORTEST = 30;
const LONGEST = 100;
const TEMPI = LONGEST - SHORTEST + 1;
const PHASES = 200;
const TRANSITION_SHARPNESS = 100;
/** Probability moved at each beat to any tempo, so that a hard cut is found again. */
const RESTART = 0.002;
const PRIOR_BPM = 125;
const PRIOR_OCTAVES = 0.6;
const GROUP_WEIGHT = [0.7, 0.55, 0.3];
const WIDTH_SECONDS = 0.018;
const FRAMES_PER_SECOND = 100;

const prior = (interval: number): number => {
  const octaves = Math.log2((60 * FRAMES_PER_SECOND) / interval / PRIOR_BPM) / PRIOR_OCTAVES;
  return Math.exp(-0.5 * octaves * octaves);
};

/** Expected onset at a phase, per group; phases are drawn in time, for a beat of 0.5 s. */
const template = (group: number, phase: number): number => {
  const bump = (centre: number): number => {
    let d = Math.abs(phase - centre);
    d = Math.min(d, 1 - d) * 0.5;
    return Math.exp(-0.5 * (d / WIDTH_SECONDS) ** 2);
  };
  if (group === 0) return bump(0) - 0.3 * bump(0.5);
  if (group === 1) return bump(0) + 0.18 * bump(0.5);
  return bump(0) + 0.7 * bump(0.5) + 0.3 * (bump(0.25) + bump(0.75));
};

export const createBarPointer = (): BarPointer => {
  const start = new Int32Array(TEMPI + 1);
  for (let i = 0; i < TEMPI; i++) start[i + 1] = (start[i] ?? 0) + SHORTEST + i;
  const states = start[TEMPI] ?? 0;
  const probability = new Float64Array(states);
  const head = new Int32Array(TEMPI);
  const phaseOf = new Uint16Array(states);
  const tempoPrior = Float64Array.from({ length: TEMPI }, (_, i) => prior(SHORTEST + i));
  const priorSum = tempoPrior.reduce((a, b) => a + b, 0);
  for (let i = 0; i < TEMPI; i++) tempoPrior[i] = (tempoPrior[i] ?? 0) / priorSum;
  for (let i = 0; i < TEMPI; i++)
    for (let p = 0; p < SHORTEST + i; p++) phaseOf[(start[i] ?? 0) + p] = Math.floor((p / (SHORTEST + i)) * PHASES);

  const change = new Float64Array(TEMPI * TEMPI);
  for (let i = 0; i < TEMPI; i++) {
    let sum = 0;
    for (let j = 0; j < TEMPI; j++) {
      const w = Math.exp(-TRANSITION_SHARPNESS * Math.abs((SHORTEST + j) / (SHORTEST + i) - 1));
      change[i * TEMPI + j] = w;
      sum += w;
    }
    for (let j = 0; j < TEMPI; j++) {
      const w = (change[i * TEMPI + j] ?? 0) / sum;
      change[i * TEMPI + j] = (1 - RESTART) * w + RESTART * (tempoPrior[j] ?? 0);
    }
  }

  const groups = GROUP_WEIGHT.length;
  const templates = new Float64Array(groups * PHASES);
  for (let g = 0; g < groups; g++) {
    let mean = 0;
    for (let q = 0; q < PHASES; q++) mean += template(g, q / PHASES) / PHASES;
    for (let q = 0; q < PHASES; q++) templates[g * PHASES + q] = (GROUP_WEIGHT[g] ?? 0) * (template(g, q / PHASES) - mean);
  }
  const likelihood = new Float64Array(PHASES);
  const leaving = new Float64Array(TEMPI);

  const advance = (): void => {
    for (let i = 0; i < TEMPI; i++) {
      const n = SHORTEST + i;
      const h = (head[i] ?? 0) === 0 ? n - 1 : (head[i] ?? 0) - 1;
      head[i] = h;
      leaving[i] = probability[(start[i] ?? 0) + h] ?? 0;
      probability[(start[i] ?? 0) + h] = 0;
    }
    for (let i = 0; i < TEMPI; i++) {
      const mass = leaving[i] ?? 0;
      if (mass < 1e-12) continue;
      for (let j = 0; j < TEMPI; j++) {
        const at = (start[j] ?? 0) + (head[j] ?? 0);
        probability[at] = (probability[at] ?? 0) + mass * (change[i * TEMPI + j] ?? 0);
      }
    }
  };

  const weigh = (onset: Float64Array): void => {
    for (let q = 0; q < PHASES; q++) {
      let log = 0;
      for (let g = 0; g < groups; g++) log += (onset[g] ?? 0) * (templates[g * PHASES + q] ?? 0);
      likelihood[q] = Math.exp(log);
    }
    let sum = 0;
    for (let i = 0; i < TEMPI; i++) {
      const n = SHORTEST + i;
      const s = start[i] ?? 0;
      const h = head[i] ?? 0;
      for (let p = 0; p < n; p++) {
        const at = s + (h + p >= n ? h + p - n : h + p);
        const v = (probability[at] ?? 0) * (likelihood[phaseOf[s + p] ?? 0] ?? 0) + 1e-15;
        probability[at] = v;
        sum += v;
      }
    }
    for (let k = 0; k < states; k++) probability[k] = (probability[k] ?? 0) / sum;
  };

  const pointer = {
    interval: 0,
    phase: 0,
    mass: 0,
    update(onset: Float64Array): void {
      advance();
      weigh(onset);
      let best = 0;
      let bestI = 0;
      let bestP = 0;
      for (let i = 0; i < TEMPI; i++) {
        const n = SHORTEST + i;
        const s = start[i] ?? 0;
        for (let k = 0; k < n; k++) {
          const v = probability[s + k] ?? 0;
          if (v <= best) continue;
          best = v;
          bestI = i;
          bestP = k - (head[i] ?? 0);
        }
      }
      const bestN = SHORTEST + bestI;
      const centre = ((bestP + bestN) % bestN) / bestN;
      let mass = 0;
      let interval = 0;
      let offset = 0;
      const reach = Math.max(2, Math.round(bestN * 0.05));
      for (let i = Math.max(0, bestI - reach); i <= Math.min(TEMPI - 1, bestI + reach); i++) {
        const n = SHORTEST + i;
        const s = start[i] ?? 0;
        const h = head[i] ?? 0;
        const middle = Math.round(centre * n);
        const wide = Math.round(n * 0.12);
        for (let d = -wide; d <= wide; d++) {
          const p = (middle + d + n) % n;
          const v = probability[s + ((h + p) % n)] ?? 0;
          mass += v;
          interval += v * n;
          offset += (v * d) / n;
        }
      }
      pointer.mass = mass;
      pointer.interval = interval / mass;
      pointer.phase = (centre + offset / mass + 1) % 1;
    },
    reset(): void {
      head.fill(0);
      for (let i = 0; i < TEMPI; i++) {
        const n = SHORTEST + i;
        const s = start[i] ?? 0;
        for (let p = 0; p < n; p++) probability[s + p] = (tempoPrior[i] ?? 0) / n;
      }
      pointer.interval = 0;
      pointer.phase = 0;
      pointer.mass = 0;
    },
  };
  pointer.reset();
  return pointer;
};
