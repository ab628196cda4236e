/** Case 6, crowding in a station (人物の滞留状況把握): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { amount, count, Point, shortId, sourceTime } from '../words.ts';

export const CrowdingConfig = v.strictObject({
  case: v.literal('crowding'),
  /** Where people are counted; absent: the whole picture. */
  area: v.optional(
    v.strictObject({ id: shortId, points: v.pipe(v.array(Point), v.minLength(3), v.maxLength(32)) }),
  ),
  calibration: v.optional(
    v.strictObject({
      points: v.tuple([Point, Point, Point, Point]),
      widthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
      depthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
    }),
  ),
  /** Seconds between two pictures; each overwrites the one before. */
  everyS: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 3),
});
export type CrowdingConfig = v.InferOutput<typeof CrowdingConfig>;

export const BackgroundOrder = v.strictObject({
  case: v.literal('crowding'),
  do: v.picklist(['capture-background']),
});
export type BackgroundOrder = v.InferOutput<typeof BackgroundOrder>;

/** Fruin's levels of service, from free (a) to dangerous (f). */
export const SERVICE_LEVELS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type ServiceLevel = (typeof SERVICE_LEVELS)[number];

export const CrowdRecord = v.strictObject({
  type: v.literal('crowd'),
  case: v.literal('crowding'),
  atS: sourceTime,
  standing: count,
  moving: count,
  /** People a square metre, only where calibrated. */
  density: v.optional(amount),
  level: v.optional(v.picklist(SERVICE_LEVELS)),
});
