/** Constants, then weights of `EvidenceMeasures.values`: see `music-evidence.ts`. `scripts/train-beats/fit-evidence.sh` fits such weights. */
export const evidenceWeights: { readonly quick: readonly number[]; readonly kept: readonly number[] } = { quick: [9.36, 5.48, 2.43], kept: [6.59, 4.17, 2.26, 0.7] };
