/** Case 5, street scenes with incidental people (写り込みが発生し得る風景画像の取得): its configuration and its records. */
import * as v from 'valibot';
import { count, sourceTime } from '../enums.ts';
import { defineCase } from './define.ts';
import { SIGNS } from '../signs.ts';

/**
 * Widths of the downscaled sensor, in pixels. A larger one would show faces: at 640, a face at 2 m may be 50 pixels
 * wide.
 */
export const SENSOR_WIDTHS = { min: 160, max: 640 } as const;

export const StreetscapeConfig = v.strictObject({
  case: v.literal('streetscape'),
  /** Width in pixels to which the sensor is downscaled before any other stage. */
  sensorWidth: v.pipe(v.number(), v.integer(), v.minValue(SENSOR_WIDTHS.min), v.maxValue(SENSOR_WIDTHS.max)),
  /** Seconds between two pictures. */
  everyS: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 4),
});
export type StreetscapeConfig = v.InferOutput<typeof StreetscapeConfig>;

export const LAMPS = ['red', 'amber', 'green'] as const;
export type Lamp = (typeof LAMPS)[number];

/**
 * One sign or signal that the vehicle has passed, reported once, after it left the view. The page knows the place; the
 * camera does not.
 */
export const SignRecord = v.strictObject({
  type: v.literal('sign'),
  case: v.literal('streetscape'),
  kind: v.picklist(SIGNS),
  /** Signals only: the lamp last seen lit. */
  lamp: v.optional(v.picklist(LAMPS)),
  /** Source time at which it was last seen, in seconds. */
  atS: sourceTime,
});
export type SignRecord = v.InferOutput<typeof SignRecord>;

export const ROAD_STATES = ['free', 'busy', 'jammed'] as const;
export type RoadState = (typeof ROAD_STATES)[number];
export const VEHICLES = ['bicycle', 'motorcycle', 'car', 'bus', 'truck'] as const;
export type VehicleKind = (typeof VEHICLES)[number];

/** The state of traffic, at each change and every few seconds. */
export const RoadRecord = v.strictObject({
  type: v.literal('road'),
  case: v.literal('streetscape'),
  state: v.picklist(ROAD_STATES),
  /** In view now, in any direction. */
  vehicles: v.record(v.picklist(VEHICLES), count),
  atS: sourceTime,
});
export type RoadRecord = v.InferOutput<typeof RoadRecord>;

/** Why a picture that was due was withheld. */
export const WITHHELD_REASONS = ['gap', 'dark', 'faint', 'crowded', 'witness'] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

export const WithheldRecord = v.strictObject({
  type: v.literal('withheld'),
  case: v.literal('streetscape'),
  reason: v.picklist(WITHHELD_REASONS),
  atS: sourceTime,
});
export type WithheldRecord = v.InferOutput<typeof WithheldRecord>;

export const STREETSCAPE_CASE = defineCase({
  id: 'streetscape',
  number: 5,
  needs: ['objects', 'signs'],
  config: StreetscapeConfig,
  commands: [],
  records: [SignRecord, RoadRecord, WithheldRecord],
  pictures: true,
});
