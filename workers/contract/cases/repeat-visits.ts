/** Case 3, repeat analysis (リピート分析): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { count, sourceTime, unit } from '../words.ts';

export const RepeatVisitsConfig = v.strictObject({
  case: v.literal('repeat-visits'),
  /** Days after which a vector's key is destroyed. */
  retentionDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(180)),
  /** Length of a day in seconds: 86 400, or less for a demonstration in time-lapse. */
  dayS: v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)),
});
export type RepeatVisitsConfig = v.InferOutput<typeof RepeatVisitsConfig>;

/** Orders from the data subject's desk; each concerns the one face before the camera, or everything. */
export const DeskOrder = v.strictObject({
  case: v.literal('repeat-visits'),
  do: v.picklist(['show', 'delete', 'delete-all']),
});
export type DeskOrder = v.InferOutput<typeof DeskOrder>;

/** One visit, told when the face has gone. No key, no vector: which visit of this person it is, and how long ago the last was. */
export const VisitRecord = v.strictObject({
  type: v.literal('visit'),
  case: v.literal('repeat-visits'),
  atS: sourceTime,
  /** Day since the camera's first, from 0. */
  day: count,
  /** 1: not known within the retention period. */
  visit: v.pipe(count, v.minValue(1)),
  daysSinceLast: v.optional(count),
  quality: unit,
});
