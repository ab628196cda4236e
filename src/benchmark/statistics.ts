/** Order statistics of measured times: outliers are kept, so nothing here is a mean of what they would spoil. */

/**
 * The quantile by linear interpolation between closest ranks (type 7 of Hyndman and Fan, The American Statistician
 * 1996, the default of R and NumPy).
 * @param q 0..1
 * @returns NaN for no values
 * @throws {RangeError} when q is out of range
 */
export function quantile(values: readonly number[], q: number): number {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile of ${q} is not possible`);
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * q;
  const below = sorted[Math.floor(rank)]!;
  const above = sorted[Math.ceil(rank)]!;
  return below + (above - below) * (rank - Math.floor(rank));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Median absolute deviation from the median, unscaled. */
export function medianDeviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}

/** What a list of times comes to, in the unit of the times. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly min: number;
  readonly max: number;
  /** Between the quartiles. */
  readonly iqr: number;
  readonly mad: number;
}

/** @returns undefined for no values: there is nothing to say about them */
export function summarise(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  return {
    count: values.length,
    p50: median(values),
    p90: quantile(values, 0.9),
    p99: quantile(values, 0.99),
    min: quantile(values, 0),
    max: quantile(values, 1),
    iqr: quantile(values, 0.75) - quantile(values, 0.25),
    mad: medianDeviation(values),
  };
}
