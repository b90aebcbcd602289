/** Constants, then weights of `EvidenceMeasures.values`: see `music-evidence.ts`. `scripts/train-beats/fit-evidence.sh` fits such weights. */
export const evidenceWeights: { readonly quick: readonly number[]; readonly kept: readonly number[] } = { quick: [9.5, 5.4, 2.7], kept: [7.4, 3.5, 2.8, 0.9] };
