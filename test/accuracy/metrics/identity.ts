/**
 * Identity metrics: E. Ristani et al., "Performance Measures and a Data Set for Multi-Target, Multi-Camera Tracking",
 * ECCV Workshops 2016. One result identity is paired with one truth identity for the whole sequence, so that as many
 * boxes as possible agree.
 */
import type { Compared } from './frames.ts';
import { bestPairs } from './pairing.ts';

export interface IdentityScores {
  /** 2 IDTP / (truth boxes + result boxes) */
  readonly idf1: number;
  readonly idp: number;
  readonly idr: number;
  readonly idtp: number;
  readonly idfp: number;
  readonly idfn: number;
}

/** @param minIou least overlap for two boxes to agree, 0..1 */
export function identityScores(compared: Compared, minIou = 0.5): IdentityScores {
  const { truthIds, resultIds, truthBoxes, resultBoxes } = compared;
  const agreed = Array.from({ length: truthIds }, () => new Array<number>(resultIds).fill(0));
  for (const { truth, result, similarity } of compared.frames) {
    truth.forEach((t, i) =>
      result.forEach((r, j) => {
        if (similarity[i]![j]! >= minIou) agreed[t]![r]!++;
      }),
    );
  }
  // Least cost (misses plus false boxes) over all pairs, in the paper, is the greatest number of agreeing boxes:
  // a pair saves exactly one miss and one false box for each box that agrees, an identity without a pair saves none.
  const idtp = bestPairs(agreed).reduce((sum, [t, r]) => sum + agreed[t]![r]!, 0);
  return {
    idf1: (2 * idtp) / Math.max(1, truthBoxes + resultBoxes),
    idp: idtp / Math.max(1, resultBoxes),
    idr: idtp / Math.max(1, truthBoxes),
    idtp,
    idfp: resultBoxes - idtp,
    idfn: truthBoxes - idtp,
  };
}
