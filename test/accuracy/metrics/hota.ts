/**
 * HOTA: J. Luiten et al., "HOTA: A Higher Order Metric for Evaluating Multi-Object Tracking", IJCV 129, 2021.
 *
 * Pairs are made frame by frame for the greatest sum of global alignment times overlap, apart for each threshold
 * alpha. DetA = TP / (TP + FN + FP). The association score of a pair of identities is TPA / (TPA + FNA + FPA), counted
 * over all frames, and AssA its mean over all pairs of boxes. HOTA(alpha) = sqrt(DetA * AssA); HOTA is the mean over
 * alpha = .05, .10, ..., .95.
 */
import type { Compared } from './frames.ts';
import { bestPairs } from './pairing.ts';

const ALPHAS: readonly number[] = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

export interface Hota {
  readonly hota: number;
  readonly detA: number;
  readonly assA: number;
  /** Mean overlap of the pairs. */
  readonly locA: number;
  /** The same for each of `ALPHAS`. */
  readonly byAlpha: readonly HotaAt[];
}

export interface HotaAt {
  readonly alpha: number;
  readonly hota: number;
  readonly detA: number;
  readonly assA: number;
  readonly locA: number;
}

export function hota(compared: Compared): Hota {
  const alignment = globalAlignment(compared);
  const byAlpha = ALPHAS.map((alpha) => hotaAt(compared, alignment, alpha));
  const mean = (of: (at: HotaAt) => number) => byAlpha.reduce((sum, at) => sum + of(at), 0) / byAlpha.length;
  return {
    hota: mean((at) => at.hota),
    detA: mean((at) => at.detA),
    assA: mean((at) => at.assA),
    locA: mean((at) => at.locA),
    byAlpha,
  };
}

/** How well each truth identity and result identity coincide over the whole sequence: a soft Jaccard index. */
function globalAlignment({ truthIds, resultIds, frames }: Compared): number[][] {
  const potential = Array.from({ length: truthIds }, () => new Array<number>(resultIds).fill(0));
  const truthFrames = new Int32Array(truthIds);
  const resultFrames = new Int32Array(resultIds);
  for (const { truth, result, similarity } of frames) {
    const rowSums = similarity.map((row) => row.reduce((a, b) => a + b, 0));
    const columnSums = result.map((_, j) => similarity.reduce((sum, row) => sum + row[j]!, 0));
    truth.forEach((t, i) => {
      truthFrames[t]!++;
      result.forEach((r, j) => {
        const s = similarity[i]![j]!;
        const all = rowSums[i]! + columnSums[j]! - s;
        if (all > 0) potential[t]![r]! += s / all;
      });
    });
    for (const r of result) resultFrames[r]!++;
  }
  return potential.map((row, t) => row.map((p, r) => p / (truthFrames[t]! + resultFrames[r]! - p)));
}

function hotaAt(compared: Compared, alignment: readonly (readonly number[])[], alpha: number): HotaAt {
  const { truthIds, resultIds, truthBoxes, resultBoxes, frames } = compared;
  const together = Array.from({ length: truthIds }, () => new Int32Array(resultIds));
  const truthFrames = new Int32Array(truthIds);
  const resultFrames = new Int32Array(resultIds);
  let matches = 0;
  let overlaps = 0;
  for (const { truth, result, similarity } of frames) {
    for (const t of truth) truthFrames[t]!++;
    for (const r of result) resultFrames[r]!++;
    const gain = similarity.map((row, i) => row.map((s, j) => alignment[truth[i]!]![result[j]!]! * s));
    for (const [i, j] of bestPairs(gain)) {
      const s = similarity[i]![j]!;
      // Not exactly alpha: an overlap of .5 computed as .4999... still is one.
      if (s < alpha - Number.EPSILON) continue;
      matches++;
      overlaps += s;
      together[truth[i]!]![result[j]!]!++;
    }
  }
  let association = 0;
  together.forEach((row, t) =>
    row.forEach((tpa, r) => {
      if (tpa > 0) association += (tpa * tpa) / (truthFrames[t]! + resultFrames[r]! - tpa);
    }),
  );
  const detA = matches / Math.max(1, truthBoxes + resultBoxes - matches);
  const assA = association / Math.max(1, matches);
  return { alpha, hota: Math.sqrt(detA * assA), detA, assA, locA: matches === 0 ? 1 : overlaps / matches };
}
