/** Constant, then the weights of the trust's log odds and of `HalfBeat.share`: see `stated.ts`. `scripts/train-beats/fit-confidence.sh` fits them. */
export const statedWeights: readonly [constant: number, odds: number, half: number] = [1.12, 0.72, -4.9];
