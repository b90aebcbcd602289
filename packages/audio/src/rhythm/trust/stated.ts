import { statedWeights } from "./stated-weights.ts";

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
