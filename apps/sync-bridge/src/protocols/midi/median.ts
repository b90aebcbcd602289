/** The middle of some numbers; 0 without any. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest number that at least this share of the numbers does not exceed; 0 without any. @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
