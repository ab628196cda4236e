/**
 * One object, one sighting: a detector may give several boxes for it, of one class or of several ("car" and "truck", or a
 * faint "person" on the roof of a car seen from above, a faint "bicycle" on somebody's legs). Boxes that coincide are one
 * object, whatever they are called; what they are called is its class as far as known. (A rider and his bicycle overlap,
 * but do not coincide.)
 */
import type { Box, Detection } from '../geometry/detection.ts';
import type { LabelGroups } from './labels.ts';
import { cluster } from './nms.ts';

export interface MergedDetection {
  /** Of the surest detection. */
  readonly box: Box;
  readonly score: number;
  /** Whether the score is high enough to be believed by itself. */
  readonly sure: boolean;
  /** The group whose labels have the most score together, and the surest label in it. */
  readonly group: number;
  readonly label: string;
  /** All detections of it, the surest first. */
  readonly detections: readonly Detection[];
}

/**
 * @param duplicateIou boxes that overlap more than this are one object, 0..1
 * @param highScore from here on a sighting is sure, 0..1
 * @returns the surest first
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

/** The group with the most score; that of the surest detection if others only equal it. */
function strongest(found: readonly [Detection, ...Detection[]], groups: LabelGroups): number {
  let best = groups.of(found[0].label);
  if (found.length === 1) return best;
  const sums = new Map<number, number>();
  for (const { label, score } of found) sums.set(groups.of(label), (sums.get(groups.of(label)) ?? 0) + score);
  for (const [group, sum] of sums) if (sum > sums.get(best)!) best = group;
  return best;
}
