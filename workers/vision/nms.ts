/** Non-maximum suppression: of several boxes on one object only the surest stays. */
import { areaOf, intersection } from './boxes.ts';
import type { Detection } from './detection.ts';

/**
 * Greedy suppression in order of score; equal scores keep their order, so the result is deterministic.
 *
 * @param maxIou a box that overlaps a surer one by more than this is dropped, 0..1
 * @param groupOf boxes suppress one another only within a group. Left out: within a label. `() => 0`: all of them.
 * @returns what stays, by falling score; the detections themselves are not copied
 * @throws {RangeError} when maxIou is not within 0..1
 */
export function nms<T extends Detection>(
  detections: readonly T[],
  maxIou: number,
  groupOf: (detection: T) => string | number = (d) => d.label,
): T[] {
  return suppress(detections, maxIou, groupOf).map((kept) => kept.best);
}

/** A detection that stayed, and those it stands for. */
export interface Kept<T extends Detection> {
  readonly best: T;
  readonly absorbed: T[];
}

/** The same, telling also what each survivor suppressed: their votes on the class are worth hearing. */
export function suppress<T extends Detection>(
  detections: readonly T[],
  maxIou: number,
  groupOf: (detection: T) => string | number,
): Kept<T>[] {
  if (!(maxIou >= 0 && maxIou <= 1)) throw new RangeError(`maxIou must be within 0..1, got ${maxIou}.`);
  const order = [...detections].sort((a, b) => b.score - a.score);
  const group = order.map(groupOf);
  const area = Float64Array.from(order, (d) => areaOf(d.box));
  const gone = new Uint8Array(order.length);
  const kept: Kept<T>[] = [];
  for (let i = 0; i < order.length; i++) {
    if (gone[i] === 1) continue;
    const best = order[i]!;
    const entry: Kept<T> = { best, absorbed: [] };
    kept.push(entry);
    for (let j = i + 1; j < order.length; j++) {
      if (gone[j] === 1 || group[j] !== group[i]) continue;
      const shared = intersection(best.box, order[j]!.box);
      if (shared > maxIou * (area[i]! + area[j]! - shared)) {
        gone[j] = 1;
        entry.absorbed.push(order[j]!);
      }
    }
  }
  return kept;
}
