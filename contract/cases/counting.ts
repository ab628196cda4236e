/** Case 4, counting outdoors (人物形状の計測): its configuration and its records. */
import * as v from 'valibot';
import { GroundCalibration, Point, Polygon } from '../shapes.ts';
import { amount, count, KINDS, shortId, sourceTime } from '../enums.ts';
import { binLength, peopleK, relaxedMark } from '../disclosure-terms.ts';
import { defineCase } from './define.ts';

/** Minimum length of a counting line, as a fraction of the picture's diagonal. */
export const MIN_LINE = 0.02;

export const CountingLine = v.strictObject({
  id: shortId,
  a: Point,
  b: Point,
  /** Minimum angle between path and line for a crossing to count, 0..80 degrees: people also walk along a line. */
  minAngleDeg: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(80)), 15),
});
export type CountingLine = v.InferOutput<typeof CountingLine>;

/**
 * The rules that hold an object near a line or a zone back from being counted. Its place in this list, from 1 on, is the number
 * that is painted at the object in the glass; a tick is painted where it has been counted.
 */
export const HELD_BACK = [
  'faint',
  'small',
  'new',
  'unseen',
  'border',
  'one-side',
  'angle',
  'beyond',
  'leap',
  'settling',
  'part',
  'before',
] as const;
export type HeldBack = (typeof HELD_BACK)[number];

export const CountingConfig = v.strictObject({
  case: v.literal('counting'),
  lines: v.pipe(v.array(CountingLine), v.maxLength(16)),
  zones: v.pipe(v.array(Polygon), v.maxLength(16)),
  calibration: v.optional(GroundCalibration),
  /** The point of an object that must cross: the middle of its box, or where it touches the ground. */
  anchor: v.optional(v.picklist(['centre', 'ground']), 'centre'),
  /** Whether objects in the glass bear the number of the rule that holds them back. Nothing of it leaves. */
  explain: v.optional(v.boolean()),
  /** On real sources: minimum number of objects behind a speed or a height; 5 where absent. */
  k: v.optional(peopleK),
  /** On real sources: length of a time bin in seconds; 300 where absent. */
  binS: v.optional(binLength),
});
export type CountingConfig = v.InferOutput<typeof CountingConfig>;

/**
 * The positive direction of a line: the unit normal to the right of a -> b in picture coordinates (x right, y down),
 * in pixels. A crossing along it is `forward`. The page draws its arrow with the same function.
 *
 * @param aspect width / height of the picture, because the points are fractions of each side
 * @returns unit vector [x, y] in pixels; [0, 0] for a line without length
 */
export function forwardNormal(a: Point, b: Point, aspect: number): [number, number] {
  const dx = (b[0] - a[0]) * aspect;
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  return length === 0 ? [0, 0] : [-dy / length, dx / length];
}

/** One object crossed one line. Numbers only (guidebook case 4: 数値のみ). */
export const CountRecord = v.strictObject({
  type: v.literal('count'),
  case: v.literal('counting'),
  line: shortId,
  kind: v.picklist(KINDS),
  direction: v.picklist(['forward', 'backward']),
  /** Source time of the crossing in seconds, to a tenth; on real sources the start of its bin. */
  atS: sourceTime,
  /** Ground speed in km/h, whole numbers, only when the ground is calibrated; on real sources the mean of k or more. */
  speedKmh: v.optional(v.pipe(count, v.maxValue(300))),
  /** There were too few pictures a second at that time: others may have crossed unseen. Absent: there were enough. */
  quality: v.optional(v.picklist(['sparse'])),
  /** Height in metres to 0.1 m, pedestrians only, where the ground is calibrated; on real sources the mean of k or more. */
  heightM: v.optional(v.pipe(amount, v.maxValue(5))),
  relaxed: relaxedMark,
});

/** Objects of each kind inside a polygon now, and entries into it since the reset; on real sources at the end of a bin. */
export const ZoneRecord = v.strictObject({
  type: v.literal('zone'),
  case: v.literal('counting'),
  zone: shortId,
  atS: sourceTime,
  present: v.record(v.picklist(KINDS), count),
  entered: v.record(v.picklist(KINDS), count),
  relaxed: relaxedMark,
});

export const COUNTING_CASE = defineCase({
  id: 'counting',
  number: 4,
  needs: ['objects'],
  config: CountingConfig,
  commands: [],
  records: [CountRecord, ZoneRecord],
  pictures: false,
});
