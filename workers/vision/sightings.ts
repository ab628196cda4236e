/**
 * One object, one sighting: a detector may give several boxes for it, of one class or of several ("car" and "truck", or a
 * faint "person" on the roof of a car seen from above). Boxes that coincide are one object, whatever they are called;
 * what they are called is its class as far as known. Only a rider and what he rides are two good boxes in one place.
 */
import type { Box, Detection } from './detection.ts';
import { canRide, type LabelGroups } from './labels.ts';
import { cluster } from './nms.ts';

export interface Sighting {
  /** Of the surest detection. */
  readonly box: Box;
  readonly score: number;
  /** The group whose labels have the most score together, and the first label in it. */
  readonly group: number;
  readonly label: string;
  /** All detections of it, the surest first. */
  readonly detections: readonly Detection[];
}

/** @param duplicateIou boxes that overlap more than this are one object, 0..1 */
export function sightings(
  detections: readonly Detection[],
  groups: LabelGroups,
  duplicateIou: number,
): Sighting[] {
  const rivals = (a: Detection, b: Detection) => !canRide(a.label, b.label);
  return cluster(detections, duplicateIou, rivals).map((found) => {
    const best = found[0];
    if (found.length === 1) return sighting(best, groups.of(best.label), found);
    const sums = new Map<number, number>();
    for (const d of found) {
      const group = groups.of(d.label);
      sums.set(group, (sums.get(group) ?? 0) + d.score);
    }
    let group = groups.of(best.label);
    for (const [other, sum] of sums) if (sum > sums.get(group)!) group = other;
    return sighting(
      found.find((d) => groups.of(d.label) === group)!,
      group,
      found,
    );
  });
}

const sighting = (named: Detection, group: number, detections: readonly Detection[]): Sighting => ({
  box: detections[0]!.box,
  score: detections[0]!.score,
  group,
  label: named.label,
  detections,
});
