/** Which detection continues which track: candidate pairs from a grid, costs, optimal assignment. */
import { assignSparse } from './assignment.ts';
import { areaOf, bufferedIou, centreOf, grow, type Vec } from '../geometry/boxes.ts';
import type { Box } from '../geometry/detection.ts';
import { BoxGrid } from './grid.ts';
import { isCut, type Cut } from './track.ts';

/** A track, as far as matching needs it. */
export interface Moving {
  readonly group: number;
  /** Root of its area, pixels. */
  readonly size: number;
  /** Box of its last detection. */
  readonly observed: Box;
  /** Where its centre was observed some seconds before the last time; undefined if it was seen only once. */
  past(agoS: number): Vec | undefined;
  /** Borders that cut off its last detection: its box may grow by what comes in. */
  readonly cut: Cut;
}

export interface Target {
  readonly group: number;
  readonly box: Box;
  readonly score: number;
}

export interface MatchRules<T extends Moving> {
  /** Where a track is expected to be seen. */
  readonly expected: (track: T) => Box;
  /** How far that may be off, in pixels: both boxes are grown by this before they are compared. */
  readonly margin?: (track: T) => number;
  /** Least (buffered) IoU of a pair, 0..1. */
  readonly minOverlap: number;
  /** Weight of the direction of motion against overlap; left out, direction does not count. */
  readonly momentum?: number;
  /** Boxes whose areas differ by more than this factor are not one object's, unless the border cuts it off. */
  readonly maxRatio?: number;
  /** Whether a track of one group may take a detection of another; left out, only of its own. */
  readonly compatible?: (track: number, target: number) => boolean;
}

/** Over how long the heading of a track is taken, seconds. */
const HEADING_S = 0.3;

/** @returns for each track the index of its detection, or -1 */
export function match<T extends Moving>(
  tracks: readonly T[],
  targets: readonly Target[],
  rules: MatchRules<T>,
): Int32Array {
  if (tracks.length === 0 || targets.length === 0) return new Int32Array(tracks.length).fill(-1);
  const { expected, margin, minOverlap, momentum = 0, compatible, maxRatio = Infinity } = rules;
  const grid = new BoxGrid(targets.map((t) => t.box));
  const start = new Int32Array(tracks.length + 1);
  const col: number[] = [];
  const cost: number[] = [];
  tracks.forEach((track, row) => {
    const place = expected(track);
    const m = margin?.(track) ?? 0;
    // A vague prediction overlaps with much: what it gains in width it must lose in weight, as a probability density does.
    const area = areaOf(place);
    const ratio = isCut(track.cut) ? Infinity : maxRatio;
    const sharpness = area / areaOf(grow(place, m));
    grid.each(m > 0 ? grow(place, 2 * m) : place, (index) => {
      const target = targets[index]!;
      if (target.group !== track.group && !compatible?.(track.group, target.group)) return;
      const grown = areaOf(target.box) / area;
      if (grown > ratio || grown < 1 / ratio) return;
      const overlap = bufferedIou(place, target.box, m);
      if (overlap < minOverlap) return;
      col.push(index);
      cost.push(1 - sharpness * overlap - (momentum > 0 ? momentum * agreement(track, target) : 0));
    });
    start[row + 1] = col.length;
  });
  if (col.length === 0) return new Int32Array(tracks.length).fill(-1);
  const problem = { rows: tracks.length, cols: targets.length, start };
  // Whatever passed the gate is better than no match, even the least overlap in the worst direction.
  const limit = 1 + momentum;
  return assignSparse({ ...problem, col: Int32Array.from(col), cost: Float64Array.from(cost) }, limit);
}

/**
 * Whether the detection lies where the track was heading, -0.5..0.5 times the detection's score: the angle between
 * the ways from an earlier observation to the last one and to the detection (observation-centric momentum, Cao et al.
 * 2023). Ways shorter than half the object say little about its heading and count in proportion.
 */
function agreement(track: Moving, target: Target): number {
  const from = track.past(HEADING_S);
  if (!from) return 0;
  const [lx, ly] = centreOf(track.observed);
  const [tx, ty] = centreOf(target.box);
  const [ax, ay] = [lx - from[0], ly - from[1]];
  const [bx, by] = [tx - from[0], ty - from[1]];
  const a = Math.hypot(ax, ay);
  const b = Math.hypot(bx, by);
  if (a === 0 || b === 0) return 0;
  const angle = Math.acos(Math.max(-1, Math.min(1, (ax * bx + ay * by) / (a * b))));
  return (0.5 - angle / Math.PI) * target.score * Math.min(1, a / (0.5 * track.size));
}
