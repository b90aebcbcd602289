import { statedBarWeights, statedPhraseWeights, statedWeights } from "./stated-weights.ts";

/** From here up the weights hold; below, what is stated falls to 0 with the trust, as in noise. */
const leastTrust = 0.1;
const mostTrust = 0.99;

/**
 * What is stated as confidence: about the share of the beats beside that value which are within 70 ms of a listener's. It rises with the trust.
 * @param trust of the tracker in its tempo, 0..1, see `Confidence`
 * @param half see `HalfBeat.share`
 * @returns 0..1
 */
export function statedConfidence(trust: number, half: number): number {
  const held = Math.min(mostTrust, Math.max(leastTrust, trust));
  const [constant, odds, between] = statedWeights;
  const chance = 1 / (1 + Math.exp(-(constant + odds * Math.log(held / (1 - held)) + between * half)));
  return chance * Math.min(1, trust / leastTrust);
}

/** A chance outside this range counts as its end: the log odds stay finite. */
const leastChance = 0.005;
const mostChance = 0.9975;

function oddsOf(chance: number): number {
  const held = Math.min(mostChance, Math.max(leastChance, chance));
  return Math.log(held / (1 - held));
}

const chanceOf = ([constant, first, second]: readonly [number, number, number], odds: number, others: number): number => 1 / (1 + Math.exp(-(constant + first * odds + second * others)));

/**
 * What is stated as confidence in the place of a beat in the bar: about the share of such beats that are within 70 ms of a listener's, and the same of the bar.
 * @param place its probability by the count of the bar, 0..1
 * @param beat the confidence stated with the tempo, 0..1
 * @returns 0..1
 */
export const statedBar = (place: number, beat: number): number => chanceOf(statedBarWeights, oddsOf(place), oddsOf(beat));

/**
 * The same for the bar in the phrase: about the share of such bars that are within a beat of where a listener has them.
 * @param count its probability by the count of the phrase, 0..1
 * @param bar see `statedBar`
 * @returns 0..1
 */
export const statedPhrase = (count: number, bar: number): number => chanceOf(statedPhraseWeights, oddsOf(count), oddsOf(bar));
