/** Case 6, crowding in a station (人物の滞留状況把握): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { GroundCalibration, Polygon } from '../shapes.ts';
import { amount, count, sourceTime } from '../enums.ts';

/** What a floor is for: Fruin judges those who walk and those who wait by different scales. */
export const FACILITIES = ['walkway', 'queue'] as const;
export type Facility = (typeof FACILITIES)[number];

export const CrowdingConfig = v.strictObject({
  case: v.literal('crowding'),
  /** Where people are counted, by their feet; absent: the whole picture. */
  area: v.optional(Polygon),
  calibration: v.optional(GroundCalibration),
  /** Seconds between two pictures; each overwrites the one before. */
  everyS: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 3),
  /** A sample's own empty background, below the site; absent: the camera takes one when nobody is there. */
  background: v.optional(
    v.pipe(v.string(), v.maxLength(64), v.regex(/^samples\/[a-z0-9-]+(\.[a-z0-9-]+)*\.png$/)),
  ),
  facility: v.optional(v.picklist(FACILITIES), 'walkway'),
  /** People in the area from which entry is to be restricted; absent: where level E begins, if the area is known in metres. */
  limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(10_000))),
});
export type CrowdingConfig = v.InferOutput<typeof CrowdingConfig>;

/** Destroys the background and takes another; refused while somebody is there. */
export const BackgroundCommand = v.strictObject({
  case: v.literal('crowding'),
  do: v.picklist(['capture-background']),
});
export type BackgroundCommand = v.InferOutput<typeof BackgroundCommand>;

/** Fruin's levels of service, from free (a) to dangerous (f). */
export const SERVICE_LEVELS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export type ServiceLevel = (typeof SERVICE_LEVELS)[number];

export const TRENDS = ['up', 'steady', 'down'] as const;
export type Trend = (typeof TRENDS)[number];

/** Whether entry will have to be restricted. `near`: reached only now, or soon at the present rise. */
export const RESTRICTIONS = ['none', 'near', 'likely'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** Where the empty background comes from; without one no picture leaves. */
export const BACKGROUNDS = ['waiting', 'captured', 'sample'] as const;
export type BackgroundState = (typeof BACKGROUNDS)[number];
/** What it waits for: that people leave, that nothing moves, or only that some seconds pass so. */
export const WAITS = ['people', 'motion', 'time'] as const;
export type BackgroundWait = (typeof WAITS)[number];

/** How crowded it is, once a second. */
export const CrowdRecord = v.strictObject({
  type: v.literal('crowd'),
  case: v.literal('crowding'),
  atS: sourceTime,
  /** Of the people in the area. */
  standing: count,
  moving: count,
  /** Of the area, only where calibrated. */
  areaM2: v.optional(amount),
  /** People a square metre, to a hundredth, only where calibrated. */
  density: v.optional(amount),
  level: v.optional(v.picklist(SERVICE_LEVELS)),
  /** Absent until enough of the past is known. */
  trend: v.optional(v.picklist(TRENDS)),
  /** People from which entry is to be restricted, where there is such a limit. */
  limit: v.optional(count),
  restriction: v.optional(v.picklist(RESTRICTIONS)),
  background: v.picklist(BACKGROUNDS),
  waitingFor: v.optional(v.picklist(WAITS)),
  /** Closer looks that the detector took at far rows in the last frame. */
  closerLooks: v.pipe(count, v.maxValue(16)),
});
export type CrowdRecord = v.InferOutput<typeof CrowdRecord>;
