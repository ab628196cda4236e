/** Case 2, behaviour history in a shop (人物の行動履歴の生成): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { amount, count, Point, shortId, sourceTime } from '../words.ts';

export const ZONE_ROLES = ['entrance', 'shelf', 'till', 'other'] as const;
export type ZoneRole = (typeof ZONE_ROLES)[number];

export const TrajectoriesConfig = v.strictObject({
  case: v.literal('trajectories'),
  /** Zones on the floor, drawn in the picture. */
  zones: v.pipe(
    v.array(
      v.strictObject({
        id: shortId,
        role: v.picklist(ZONE_ROLES),
        points: v.pipe(v.array(Point), v.minLength(3), v.maxLength(32)),
      }),
    ),
    v.maxLength(16),
  ),
  /** Four points on the floor, as in case 4; without it there are no metres and no flow lines. */
  calibration: v.optional(
    v.strictObject({
      points: v.tuple([Point, Point, Point, Point]),
      widthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
      depthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
    }),
  ),
  /** Cells and flows that fewer people than this have contributed to are left out of what leaves. */
  k: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 3),
});
export type TrajectoriesConfig = v.InferOutput<typeof TrajectoriesConfig>;

/** [x, y] on the floor in metres, to a tenth: x along the calibration's near side, y away from the camera. */
const FloorPoint = v.tuple([
  v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000)),
  v.pipe(v.number(), v.minValue(-1000), v.maxValue(1000)),
]);

/** One person's way, told when it is over, without an id. */
export const FlowRecord = v.strictObject({
  type: v.literal('flow'),
  case: v.literal('trajectories'),
  atS: sourceTime,
  points: v.pipe(v.array(FloorPoint), v.minLength(2), v.maxLength(64)),
});

/** Visits and dwell time of a zone since the last reset. */
export const DwellRecord = v.strictObject({
  type: v.literal('dwell'),
  case: v.literal('trajectories'),
  zone: shortId,
  atS: sourceTime,
  present: count,
  visits: count,
  /** Seconds, over finished visits. */
  medianS: v.optional(amount),
});
