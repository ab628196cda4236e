/** Which detection continues which track: candidate pairs from a grid, costs, optimal assignment. */
import { assignSparse } from './assignment.ts';
import { bufferedIou, grow, type Vec } from './boxes.ts';
import type { Box } from './detection.ts';
import { BoxGrid } from './grid.ts';

/** One side of the match: a track as this pass looks at it. */
export interface Candidate {
  readonly group: number;
  /** Where the object is expected to be seen. */
  readonly expected: Box;
  /** How far it may be off, in pixels: both boxes are grown by this before they are compared. */
  readonly margin: number;
  /** Observed centres a while ago and last, for its direction; left out: direction does not count. */
  readonly from?: Vec | undefined;
  readonly last?: Vec | undefined;
  /** Size of the object, pixels. */
  readonly size: number;
}

export interface Target {
  readonly group: number;
  readonly box: Box;
  readonly score: number;
}

export interface MatchRules {
  /** Least (buffered) IoU of a pair, 0..1. */
  readonly minOverlap: number;
  /** Whether a track of one group may take a detection of another. Left out: only of its own. */
  readonly compatible?: (track: number, target: number) => boolean;
  /** Weight of the direction of motion against overlap; 0 leaves it out. */
  readonly momentum: number;
}

/** @returns for each track the index of its detection, or -1 */
export function match(
  tracks: readonly Candidate[],
  targets: readonly Target[],
  rules: MatchRules,
): Int32Array {
  if (tracks.length === 0 || targets.length === 0) return new Int32Array(tracks.length).fill(-1);
  const grid = new BoxGrid(targets.map((t) => t.box));
  const start = new Int32Array(tracks.length + 1);
  const col: number[] = [];
  const cost: number[] = [];
  for (let r = 0; r < tracks.length; r++) {
    const track = tracks[r]!;
    grid.each(grow(track.expected, 2 * track.margin), (c) => {
      const target = targets[c]!;
      if (target.group !== track.group && !rules.compatible?.(track.group, target.group)) return;
      const overlap = bufferedIou(track.expected, target.box, track.margin);
      if (overlap < rules.minOverlap) return;
      col.push(c);
      cost.push(1 - overlap - (rules.momentum > 0 ? rules.momentum * agreement(track, target) : 0));
    });
    start[r + 1] = col.length;
  }
  // Whatever passed the gate is better than no match: even the least overlap with the worst direction.
  const limit = 1 - rules.minOverlap + rules.momentum + Number.EPSILON;
  return assignSparse(
    {
      rows: tracks.length,
      cols: targets.length,
      start,
      col: Int32Array.from(col),
      cost: Float64Array.from(cost),
    },
    limit,
  );
}

/**
 * Whether the detection lies where the track was heading, -0.5..0.5 times the detection's score: the angle between
 * the ways from an earlier observation to the last one and to the detection (observation-centric momentum, Cao et al.
 * 2023). Ways shorter than half the object say little about its heading and count in proportion.
 */
function agreement(track: Candidate, target: Target): number {
  const { from, last, size } = track;
  if (from === undefined || last === undefined) return 0;
  const ax = last[0] - from[0];
  const ay = last[1] - from[1];
  const bx = (target.box[0] + target.box[2]) / 2 - from[0];
  const by = (target.box[1] + target.box[3]) / 2 - from[1];
  const a = Math.hypot(ax, ay);
  const b = Math.hypot(bx, by);
  if (a === 0 || b === 0) return 0;
  const angle = Math.acos(Math.max(-1, Math.min(1, (ax * bx + ay * by) / (a * b))));
  return (0.5 - angle / Math.PI) * target.score * Math.min(1, a / (0.5 * size));
}
