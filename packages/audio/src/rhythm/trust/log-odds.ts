/** The log odds of a logistic regression. @param weights constant, then the weight of each value; further values do not count */
export function logOdds(weights: readonly number[], values: Float64Array): number {
  let odds = weights[0] ?? NaN;
  for (let k = 1; k < weights.length; k += 1) odds += (weights[k] ?? NaN) * (values[k - 1] ?? NaN);
  return odds;
}
