/**
 * Errors of a number of people over time. Mean absolute error and mean error (bias) over statements, both as shares of
 * the true mean, as is usual in crowd counting (Idrees et al., "Multi-source Multi-scale Counting", CVPR 2013, call the
 * first normalised absolute error).
 */
import { upperMedian } from '../../../lib/stats.ts';

export interface CrowdScores {
  /** Statements that were compared. */
  readonly seconds: number;
  /** True people, on average. */
  readonly mean: number;
  /** Mean absolute error / mean. */
  readonly error: number;
  /** Mean error / mean; below zero where too few were counted. */
  readonly bias: number;
}

/**
 * @param told statements, each about the second before it, which the camera sums up as a median
 * @param truth people in each frame; the second's median is what the statement should be
 * @throws {RangeError} when nothing was told, or there never was anybody
 */
export function crowdScores(
  told: readonly { readonly atS: number; readonly told: number }[],
  truth: readonly number[],
  fps: number,
): CrowdScores {
  const pairs = told.flatMap(({ atS, told: n }) => {
    const last = Math.min(truth.length - 1, Math.round(atS * fps));
    const second = truth.slice(Math.max(0, last - Math.round(fps) + 1), last + 1);
    return second.length === 0 ? [] : [{ told: n, true: upperMedian(second) }];
  });
  const mean = average(pairs.map((p) => p.true));
  if (!(mean > 0)) throw new RangeError('nobody to be counted, or nothing was told');
  return {
    seconds: pairs.length,
    mean,
    error: average(pairs.map((p) => Math.abs(p.told - p.true))) / mean,
    bias: average(pairs.map((p) => p.told - p.true)) / mean,
  };
}

const average = (values: readonly number[]) => values.reduce((sum, n) => sum + n, 0) / values.length;
