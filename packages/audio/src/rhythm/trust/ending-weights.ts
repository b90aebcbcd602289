/** Constant, then the weight of each of `EndingMeasures.values`: see `ending.ts`. `scripts/train-beats/fit-gate.sh` fits such weights. */
export const endingWeights: readonly number[] = [-11.8, 0.42, 6.18, -1.06, -3.57, -1.72, -2.06];
