/**
 * Order statistics: quantiles and medians, each definition once and by its name. Hyndman and Fan ("Sample quantiles in
 * statistical packages", The American Statistician 1996) number the definitions that are in use.
 *
 * Results have the unit of the values. No function sorts in place, and of no values each one gives NaN.
 */

const ascending = (values: readonly number[]) => Float64Array.from(values).sort();

function requireShare(q: number): void {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`a quantile of ${q} is not possible`);
}

/**
 * The quantile by linear interpolation between the closest ranks: type 7, the default of R and NumPy. For measured
 * times, of which there are few.
 * @param q 0..1
 * @returns NaN for no values; otherwise in the unit of `values`
 * @throws {RangeError} when q is out of range
 */
export function quantile(values: readonly number[], q: number): number {
  requireShare(q);
  if (values.length === 0) return NaN;
  const sorted = ascending(values);
  const rank = (sorted.length - 1) * q;
  const below = sorted[Math.floor(rank)]!;
  const above = sorted[Math.ceil(rank)]!;
  return below + (above - below) * (rank - Math.floor(rank));
}

/**
 * The quantile by nearest rank: the smallest of the values that at least the share `q` of all does not exceed. Type 1. It
 * is always one of the values; for telemetry and for errors against a truth.
 * @param q 0..1; of 0 it is the smallest value
 * @returns NaN for no values; otherwise in the unit of `values`
 * @throws {RangeError} when q is out of range
 */
export function nearestRank(values: readonly number[], q: number): number {
  requireShare(q);
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

/**
 * The median; of an even number of values the mean of the two in the middle (the quantile 1/2 of type 7, but for
 * rounding).
 * @returns NaN for no values; otherwise in the unit of `values`
 */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/**
 * The upper median: of an even number of values the larger of the two in the middle, so that it is always one of the
 * values. For decisions that a mean of two must not blur: whether an engine or a drawing is fast enough.
 * @returns NaN for no values; otherwise in the unit of `values`
 */
export function upperMedian(values: readonly number[]): number {
  const sorted = ascending(values);
  return sorted[sorted.length >> 1] ?? NaN;
}

/**
 * Median absolute deviation from the median, unscaled: a spread that outliers do not move.
 * @returns NaN for no values; otherwise in the unit of `values`
 */
export function medianDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}

/** What a list of times comes to, in the unit of the times. Outliers are kept: nothing here is a mean they would spoil. */
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

/**
 * The quantiles of type 7, the range and two spreads, in the unit of `values`.
 * @returns undefined for no values: there is nothing to say about them
 */
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
