import type { LogBands } from "./log-bands.ts";

/** Onset strength of the groups low (kick), mid (snare, notes) and high (hats), each centred and scaled by its recent past. */
export interface OnsetStrength {
  /** One value per group, -0.7..3; 0 is the running mean. */
  readonly values: Float64Array;
  /** Take the bands' newest frame. */
  update(): void;
  reset(): void;
}

/** Upper edge of the low and of the mid group, Hz. */
const GROUP_EDGES_HZ = [170, 2500];
const SCALE_SECONDS = 2.5;
const FRAMES_PER_SECOND = 100;

export const createOnsetStrength = (bands: LogBands): OnsetStrength => {
  const groups = GROUP_EDGES_HZ.length + 1;
  const group = Int32Array.from(bands.edges, (hz) => GROUP_EDGES_HZ.filter((edge) => hz >= edge).length);
  const values = new Float64Array(groups);
  const before = new Float64Array(bands.edges.length);
  const beforeThat = new Float64Array(bands.edges.length);
  const mean = new Float64Array(groups);
  const square = new Float64Array(groups);
  const rate = 1 / (SCALE_SECONDS * FRAMES_PER_SECOND);
  let frames = 0;

  return {
    values,
    update() {
      values.fill(0);
      for (let b = 0; b < group.length; b++) {
        const now = bands.values[b] ?? 0;
        const rise = now - ((before[b] ?? 0) + (beforeThat[b] ?? 0)) / 2;
        beforeThat[b] = before[b] ?? 0;
        before[b] = now;
        const g = group[b] ?? 0;
        if (rise > 0) values[g] = (values[g] ?? 0) + rise;
      }
      frames += 1;
      const pace = Math.max(rate, 1 / frames);
      for (let g = 0; g < groups; g++) {
        const strength = values[g] ?? 0;
        const m = (mean[g] ?? 0) + pace * (strength - (mean[g] ?? 0));
        const s = (square[g] ?? 0) + pace * (strength * strength - (square[g] ?? 0));
        mean[g] = m;
        square[g] = s;
        const deviation = Math.sqrt(Math.max(s - m * m, 0)) + 1e-3;
        values[g] = Math.max(-0.7, Math.min(3, (strength - m) / deviation));
      }
    },
    reset() {
      for (const state of [values, before, beforeThat, mean, square]) state.fill(0);
      frames = 0;
    },
  };
};
