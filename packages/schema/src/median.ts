/** The middle of some numbers, the upper one of two; 0 without any. */
export function median(values: readonly number[]): number {
  return sorted(values)[Math.floor(values.length / 2)] ?? 0;
}

/** The smallest of some numbers that at least this share of them does not exceed; 0 without any. @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  return sorted(values)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;
}

function sorted(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}
