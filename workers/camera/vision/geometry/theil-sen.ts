/**
 * Robust straight lines: the median of the slopes of all pairs of points, which tolerates up to 29 % of outliers (Theil
 * 1950; Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 1968).
 */

export interface Line {
  readonly slope: number;
  /** Value at x = 0. */
  readonly intercept: number;
}

/** @returns undefined unless two points have different x */
export function theilSen(xs: readonly number[], ys: readonly number[]): Line | undefined {
  const slopes: number[] = [];
  for (let i = 0; i < xs.length; i++) {
    for (let j = i + 1; j < xs.length; j++) {
      const dx = xs[j]! - xs[i]!;
      if (dx !== 0) slopes.push((ys[j]! - ys[i]!) / dx);
    }
  }
  if (slopes.length === 0) return undefined;
  const slope = middle(slopes);
  return { slope, intercept: middle(ys.map((y, i) => y - slope * xs[i]!)) };
}

/**
 * Whether a series rises or falls beyond chance: Mann and Kendall's statistic in standard deviations, positive when it
 * rises (Mann, "Nonparametric tests against trend", Econometrica 1945), with the correction for ties.
 */
export function mannKendall(ys: readonly number[]): number {
  const n = ys.length;
  let s = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) s += Math.sign(ys[j]! - ys[i]!);
  const ties = new Map<number, number>();
  for (const y of ys) ties.set(y, (ties.get(y) ?? 0) + 1);
  const weight = (m: number) => m * (m - 1) * (2 * m + 5);
  let variance = weight(n);
  for (const m of ties.values()) variance -= weight(m);
  return variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance / 18) : 0;
}

/** Median; of an even number of values the mean of the two in the middle. Not of none. */
export function middle(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
