/** Non-maximum suppression: of several boxes on one object only the best stays. */
import { areaOf, intersection } from '../geometry/boxes.ts';
import type { Detection } from '../geometry/detection.ts';
import { BoxGrid } from './grid.ts';

/**
 * Greedy suppression in order of score; equal scores keep their order, so the result is deterministic.
 *
 * @param maxIou a box that overlaps a better one by more than this is dropped, 0..1
 * @param rivals whether two detections could be one object; absent: those of the same label
 * @returns the remaining detections by descending score, not copied
 * @throws {RangeError} when maxIou is not within 0..1
 */
export function nms<T extends Detection>(
  detections: readonly T[],
  maxIou: number,
  rivals: (a: T, b: T) => boolean = sameLabel,
): T[] {
  return cluster(detections, maxIou, rivals).map((boxes) => boxes[0]!);
}

/**
 * The same, but returns each remaining detection with those it suppressed, by descending score: their labels count in
 * the vote, too.
 */
export function cluster<T extends Detection>(
  detections: readonly T[],
  maxIou: number,
  rivals: (a: T, b: T) => boolean = sameLabel,
): [T, ...T[]][] {
  if (!(maxIou >= 0 && maxIou <= 1)) throw new RangeError(`maxIou must be within 0..1, got ${maxIou}.`);
  const order = [...detections].sort((a, b) => b.score - a.score);
  const area = Float64Array.from(order, (d) => areaOf(d.box));
  const grid = new BoxGrid(order.map((d) => d.box));
  const gone = new Uint8Array(order.length);
  const clusters: [T, ...T[]][] = [];
  order.forEach((best, i) => {
    if (gone[i] === 1) return;
    const absorbed: number[] = [];
    grid.each(best.box, (j) => {
      if (j <= i || gone[j] === 1 || !rivals(best, order[j]!)) return;
      const shared = intersection(best.box, order[j]!.box);
      if (shared <= maxIou * (area[i]! + area[j]! - shared)) return;
      gone[j] = 1;
      absorbed.push(j);
    });
    absorbed.sort((a, b) => a - b);
    clusters.push([best, ...absorbed.map((j) => order[j]!)]);
  });
  return clusters;
}

const sameLabel = (a: Detection, b: Detection) => a.label === b.label;
