/** Constant, then the weight of each of `EndingMeasures.values`: see `ending.ts`. `scripts/train-beats/fit-gate.sh` fits such weights. */
export const endingWeights: readonly number[] = [-7.42, -0.99, 7.23, -0.32, -2.1, -2.16, -1.52];
