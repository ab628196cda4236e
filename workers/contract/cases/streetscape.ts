/** Case 5, street scenes with incidental people (写り込みが発生し得る風景画像の取得): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { count, sourceTime } from '../words.ts';

export const StreetscapeConfig = v.strictObject({
  case: v.literal('streetscape'),
  /** Width in pixels to which the sensor is lowered before anything else sees the picture. */
  sensorWidth: v.pipe(v.number(), v.integer(), v.minValue(160), v.maxValue(1280)),
});
export type StreetscapeConfig = v.InferOutput<typeof StreetscapeConfig>;

export const HandOverOrder = v.strictObject({
  case: v.literal('streetscape'),
  do: v.picklist(['hand-over']),
});
export type HandOverOrder = v.InferOutput<typeof HandOverOrder>;

export const SIGNS = ['traffic-light', 'stop-sign'] as const;
export type SignKind = (typeof SIGNS)[number];
export const ROAD_STATES = ['free', 'busy', 'jammed'] as const;
export type RoadState = (typeof ROAD_STATES)[number];

export const SignRecord = v.strictObject({
  type: v.literal('sign'),
  case: v.literal('streetscape'),
  kind: v.picklist(SIGNS),
  atS: sourceTime,
});

export const RoadRecord = v.strictObject({
  type: v.literal('road'),
  case: v.literal('streetscape'),
  state: v.picklist(ROAD_STATES),
  vehicles: count,
  atS: sourceTime,
});
