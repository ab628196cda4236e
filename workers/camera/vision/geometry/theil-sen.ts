/**
 * Robust straight lines: the median of the slopes of all pairs of points, which tolerates up to 29 % of outliers (Theil
 * 1950; Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 1968).
 */
import { median } from '../../../../lib/stats.ts';

export interface Line {
  readonly slope: number;
  /** Value at x = 0. */
  readonly intercept: number;
}

/**
 * The slope of the line alone, in units of y for one unit of x.
 * @returns undefined unless two points have different x
 */
export function theilSenSlope(xs: readonly number[], ys: readonly number[]): number | undefined {
  const slopes: number[] = [];
  for (let i = 0; i < xs.length; i++) {
    for (let j = i + 1; j < xs.length; j++) {
      const dx = xs[j]! - xs[i]!;
      if (dx !== 0) slopes.push((ys[j]! - ys[i]!) / dx);
    }
  }
  return slopes.length === 0 ? undefined : median(slopes);
}

/**
 * The line through points (xs, ys); `slope` in units of y for one unit of x, `intercept` in units of y.
 * @returns undefined unless two points have different x
 */
export function theilSen(xs: readonly number[], ys: readonly number[]): Line | undefined {
  const slope = theilSenSlope(xs, ys);
  if (slope === undefined) return undefined;
  return { slope, intercept: median(ys.map((y, i) => y - slope * xs[i]!)) };
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
