/**
 * Merges detections of one object: a detector may give several boxes for it, of one class or of several ("car" and
 * "truck", a faint "person" on the roof of a car seen from above, a faint "bicycle" on a person's legs). Boxes that
 * coincide are one object, independent of their labels; the labels together decide its class. (A rider and a bicycle
 * overlap, but do not coincide.)
 */
import type { Box, Detection } from '../geometry/detection.ts';
import type { LabelGroups } from './labels.ts';
import { cluster } from './nms.ts';

export interface MergedDetection {
  /** Score of the best detection. */
  readonly box: Box;
  readonly score: number;
  /** Whether the score is high enough to be certain by itself. */
  readonly sure: boolean;
  /** The group with the highest total score, and the best label in it. */
  readonly group: number;
  readonly label: string;
  /** All its detections, best first. */
  readonly detections: readonly Detection[];
}

/**
 * @param duplicateIou boxes that overlap more than this are one object, 0..1
 * @param highScore score from which a detection is certain, 0..1
 * @returns best first
 */
export function mergeClasses(
  detections: readonly Detection[],
  groups: LabelGroups,
  duplicateIou: number,
  highScore: number,
): MergedDetection[] {
  return cluster(detections, duplicateIou, () => true).map((found) => {
    const { box, score } = found[0];
    const group = strongest(found, groups);
    const { label } = found.find((d) => groups.of(d.label) === group)!;
    return { box, score, sure: score >= highScore, group, label, detections: found };
  });
}

/** The group with the highest total score; on a tie, that of the best detection. */
function strongest(found: readonly [Detection, ...Detection[]], groups: LabelGroups): number {
  let best = groups.of(found[0].label);
  if (found.length === 1) return best;
  const sums = new Map<number, number>();
  for (const { label, score } of found) sums.set(groups.of(label), (sums.get(groups.of(label)) ?? 0) + score);
  for (const [group, sum] of sums) if (sum > sums.get(best)!) best = group;
  return best;
}
