/** A straight line through samples, with the uncertainty of its slope. */
export interface Slope {
  /** Units of y per unit of x. */
  readonly slope: number;
  /** Half of the 95 % interval of the slope: the true slope is within `slope ± margin` if the scatter is random. */
  readonly margin: number;
}

/** Ordinary least squares. Fewer than three samples have no known scatter: the margin is infinite. */
export function fitSlope(points: readonly (readonly [x: number, y: number])[]): Slope {
  const n = points.length;
  if (n < 2) return { slope: 0, margin: Number.POSITIVE_INFINITY };
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const sxx = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const sxy = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  if (sxx === 0) return { slope: 0, margin: Number.POSITIVE_INFINITY };
  const slope = sxy / sxx;
  const residual = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0);
  return { slope, margin: n < 3 ? Number.POSITIVE_INFINITY : 1.96 * Math.sqrt(residual / (n - 2) / sxx) };
}
