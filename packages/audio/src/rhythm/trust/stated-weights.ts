/** Constant, then the weights of the trust's log odds and of `HalfBeat.share`: see `stated.ts`. `scripts/train-beats/fit-confidence.sh` fits them. */
export const statedWeights: readonly [constant: number, odds: number, half: number] = [1.62, 0.57, -6.04];
/** Constant, then the weights of the log odds: of the place in the bar and of the stated confidence in the beat; of the bar in the phrase and of the first. `scripts/train-beats/fit-confidence.sh` fits them, too. */
export const statedBarWeights: readonly [constant: number, place: number, beat: number] = [-1.43, 0.39, 0.61];
export const statedPhraseWeights: readonly [constant: number, count: number, bar: number] = [-1.42, 0.71, 0.63];
