/**
 * CLEAR MOT: K. Bernardin, R. Stiefelhagen, "Evaluating Multiple Object Tracking Performance: The CLEAR MOT Metrics",
 * EURASIP J. Image and Video Processing, 2008; with the conventions of the MOTChallenge (Milan et al., "MOT16", 2016;
 * Dendorfer et al., IJCV 2021): a pair of the frame before is kept while it still overlaps enough, the others are
 * paired for the greatest sum of overlaps, and a switch is counted against the last identity ever paired.
 */
import type { Compared } from './frames.ts';
import { bestPairs } from './pairing.ts';

export interface ClearMot {
  /** 1 - (misses + falsePositives + switches) / truth boxes; can be negative. */
  readonly mota: number;
  /** Mean IoU of the pairs (not an error as in the paper). */
  readonly motp: number;
  readonly matches: number;
  readonly misses: number;
  readonly falsePositives: number;
  readonly idSwitches: number;
  /** How often a paired truth lost its pair and got one again later. */
  readonly fragmentations: number;
  /** matches / (matches + falsePositives) */
  readonly precision: number;
  /** matches / (matches + misses) */
  readonly recall: number;
  /** Truth identities paired in at least 80 % (at most 20 %) of their frames. */
  readonly mostlyTracked: number;
  readonly mostlyLost: number;
}

/** Dwarfs any sum of overlaps, so that a pair is kept before a better one is sought. */
const KEPT = 1000;

/** @param minIou least overlap of a pair, 0..1 */
export function clearMot(compared: Compared, minIou = 0.5): ClearMot {
  const { truthIds, truthBoxes, resultBoxes } = compared;
  const lastPair = new Int32Array(truthIds).fill(-1);
  const pairedNow = new Int32Array(truthIds).fill(-1);
  const framesOf = new Int32Array(truthIds);
  const pairedFrames = new Int32Array(truthIds);
  const starts = new Int32Array(truthIds);
  let matches = 0;
  let idSwitches = 0;
  let overlaps = 0;
  for (const { truth, result, similarity } of compared.frames) {
    const gain = similarity.map((row, i) =>
      row.map((s, j) => (s < minIou ? 0 : s + (pairedNow[truth[i]!] === result[j] ? KEPT : 0))),
    );
    const before = pairedNow.slice();
    for (const t of truth) {
      framesOf[t]!++;
      pairedNow[t] = -1;
    }
    for (const [i, j] of bestPairs(gain)) {
      const [t, r] = [truth[i]!, result[j]!];
      matches++;
      overlaps += similarity[i]![j]!;
      if (lastPair[t] !== -1 && lastPair[t] !== r) idSwitches++;
      if (before[t] === -1) starts[t]!++;
      pairedFrames[t]!++;
      pairedNow[t] = lastPair[t] = r;
    }
  }
  const misses = truthBoxes - matches;
  const falsePositives = resultBoxes - matches;
  const shares = Array.from(framesOf, (n, t) => pairedFrames[t]! / n);
  return {
    mota: 1 - (misses + falsePositives + idSwitches) / Math.max(1, truthBoxes),
    motp: overlaps / Math.max(1, matches),
    matches,
    misses,
    falsePositives,
    idSwitches,
    fragmentations: starts.reduce((sum, n) => sum + Math.max(0, n - 1), 0),
    precision: matches / Math.max(1, resultBoxes),
    recall: matches / Math.max(1, truthBoxes),
    mostlyTracked: shares.filter((s) => s >= 0.8).length,
    mostlyLost: shares.filter((s) => s <= 0.2).length,
  };
}
