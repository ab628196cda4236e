/**
 * Why an object near a line or a zone is not counted, as the rules of the tracker and the counters have it. Nothing is decided
 * here: what the rules have found is only told.
 */
import { sizeOf } from '../../../vision/geometry/boxes.ts';
import type { PictureSize, TrackedObject } from '../../../vision/tracking/track.ts';
import type { CrossingState, TrackCrossing } from './crossing-state.ts';
import type { Line } from './line-geometry.ts';

/** The rule that holds an object back; the contract has the same names, and the page a sentence for each. */
export type HeldBack =
  | 'faint'
  | 'small'
  | 'new'
  | 'unseen'
  | 'border'
  | 'one-side'
  | 'angle'
  | 'beyond'
  | 'leap'
  | 'settling'
  | 'part'
  | 'before';
export type Standing = HeldBack | 'counted';

/** An object is near a line or an edge within this many sizes of it. */
const NEAR = 1;
/** What became of a crossing is told for this long after it, seconds. */
const TOLD_S = 5;
/** Below this score a detection is not believed by itself (the tracker's `highScore`). */
const SURE = 0.35;
/** COCO calls objects below 32 x 32 pixels small, in pictures of about 640: detectors find a third of them. Share of the longer side. */
const SMALL = 0.05;

/** From the most telling to the least, where an object is near several lines and zones. */
const ORDER: readonly Standing[] = [
  'settling',
  'part',
  'angle',
  'beyond',
  'leap',
  'border',
  'counted',
  'before',
  'one-side',
];

/** The most telling of several; undefined where there is none. */
export const mostTelling = (found: readonly (Standing | undefined)[]): Standing | undefined =>
  ORDER.find((standing) => found.includes(standing));

/** Whether something so far away is near an object. @param distance pixels @param size of the object, pixels */
export const isNearBy = (distance: number, size: number): boolean => Math.abs(distance) <= NEAR * size;

/**
 * How an object stands to one line; undefined where it is not near.
 * @param nowS source time, seconds
 * @param parts crossings that were dropped because another object made them
 */
export function standingAtLine(
  way: CrossingState,
  line: Line,
  nowS: number,
  parts: WeakSet<TrackCrossing>,
): Standing | undefined {
  const { at, size } = way;
  const past = Math.max(0, -line.along(at), line.along(at) - 1) * line.length;
  if (!isNearBy(line.distance(at), size) || !isNearBy(past, size)) return undefined;
  if (way.waiting.some((p) => p.line === line)) return 'settling';
  const given = way.given.findLast((p) => p.line === line && nowS - p.timeS <= TOLD_S);
  const { refused, held } = way.memoryOf(line);
  if (refused && nowS - refused.timeS <= TOLD_S && refused.timeS > (given?.timeS ?? -Infinity))
    return refused.why;
  if (given) return parts.has(given) ? 'part' : 'counted';
  return held ?? 'one-side';
}

/**
 * The rule that holds an object back first: what is not believed is not counted, wherever it goes.
 * @param near how it stands to the lines and zones that it is near to; undefined where there is none
 */
export function standingOf(
  object: TrackedObject,
  near: Standing | undefined,
  { width, height }: PictureSize,
): Standing | undefined {
  if (!near || near === 'counted') return near;
  if (!object.confirmed) {
    if (object.score >= SURE) return 'new';
    return sizeOf(object.observed) < SMALL * Math.max(width, height) ? 'small' : 'faint';
  }
  return object.lost ? 'unseen' : near;
}
