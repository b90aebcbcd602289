/** Constant, then the weights of the trust's log odds and of `HalfBeat.share`: see `stated.ts`. `scripts/train-beats/fit-confidence.sh` fits them. */
export const statedWeights: readonly [constant: number, odds: number, half: number] = [1.12, 0.72, -4.9];
/** Constant, then the weights of the log odds: of the place in the bar and of the stated confidence in the beat; of the bar in the phrase and of the first. `scripts/train-beats/fit-confidence.sh` fits them, too. */
export const statedBarWeights: readonly [constant: number, place: number, beat: number] = [-1.86, 0.49, 0.55];
export const statedPhraseWeights: readonly [constant: number, count: number, bar: number] = [-0.51, 0.55, 0.35];
