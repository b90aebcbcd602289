/** Constants, then weights of `EvidenceMeasures.values`: see `music-evidence.ts`. `scripts/train-beats/fit-evidence.sh` fits such weights. */
export const evidenceWeights: { readonly quick: readonly number[]; readonly kept: readonly number[] } = { quick: [9.04, 4.95, 2.72], kept: [6.35, 3.56, 2.58, 0.6] };
