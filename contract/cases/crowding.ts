/** Case 6, crowding in a station (人物の滞留状況把握): its configuration and its records. */
import * as v from 'valibot';
import { GroundCalibration, Polygon } from '../shapes.ts';
import { amount, count, sourceTime } from '../enums.ts';
import { defineCase } from './define.ts';

/** Use of the floor: Fruin has different scales for walking and for waiting people. */
export const FACILITIES = ['walkway', 'queue'] as const;
export type Facility = (typeof FACILITIES)[number];

/**
 * How the picture shows people. `figures`: one figure each. `dots`: one dot each, where they stand. `areas`: no single person,
 * but squares of the floor, the darker the more people are on them.
 */
export const CROWD_STYLES = ['figures', 'dots', 'areas'] as const;
export type CrowdStyle = (typeof CROWD_STYLES)[number];

/** `calm`: blue and green. `railway`: orange for standing and blue for moving, as Japanese railways' own pictures have it. */
export const CROWD_PALETTES = ['calm', 'railway'] as const;
export type CrowdPalette = (typeof CROWD_PALETTES)[number];

export const CrowdingConfig = v.strictObject({
  case: v.literal('crowding'),
  /** Area in which people are counted, by their feet; absent: the whole picture. */
  area: v.optional(Polygon),
  calibration: v.optional(GroundCalibration),
  /** Seconds between two pictures; each picture overwrites the previous one. */
  everyS: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(600)), 3),
  /**
   * Path of a sample's own empty background, relative to the site; absent: the camera takes one when the place is
   * empty.
   */
  background: v.optional(
    v.pipe(v.string(), v.maxLength(64), v.regex(/^samples\/[a-z0-9-]+(\.[a-z0-9-]+)*\.png$/)),
  ),
  facility: v.optional(v.picklist(FACILITIES), 'walkway'),
  style: v.optional(v.picklist(CROWD_STYLES), 'figures'),
  palette: v.optional(v.picklist(CROWD_PALETTES), 'calm'),
  /**
   * Number of people in the area at which entry is to be restricted; absent: the start of level E, if the area is known
   * in metres.
   */
  limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(10_000))),
});
export type CrowdingConfig = v.InferOutput<typeof CrowdingConfig>;

/** Destroys the background and takes a new one; refused while a person is in the picture. */
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

/**
 * Whether entry will have to be restricted. `near`: the limit was just reached, or will be soon at the present rise.
 */
export const RESTRICTIONS = ['none', 'near', 'likely'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** Origin of the empty background; without one no picture leaves. */
export const BACKGROUNDS = ['waiting', 'captured', 'sample'] as const;
export type BackgroundState = (typeof BACKGROUNDS)[number];
/** What the camera waits for: people to leave, motion to end, or an empty and still picture to last some seconds. */
export const WAITS = ['people', 'motion', 'time'] as const;
export type BackgroundWait = (typeof WAITS)[number];

/** The crowding, once a second. */
export const CrowdRecord = v.strictObject({
  type: v.literal('crowd'),
  case: v.literal('crowding'),
  atS: sourceTime,
  /** Number of people in the area. */
  standing: count,
  moving: count,
  /** Size of the area, only where calibrated. */
  areaM2: v.optional(amount),
  /** People a square metre, to a hundredth, only where calibrated. */
  density: v.optional(amount),
  level: v.optional(v.picklist(SERVICE_LEVELS)),
  /** Absent until the history is long enough. */
  trend: v.optional(v.picklist(TRENDS)),
  /** Number of people at which entry is to be restricted, where there is such a limit. */
  limit: v.optional(count),
  restriction: v.optional(v.picklist(RESTRICTIONS)),
  background: v.picklist(BACKGROUNDS),
  waitingFor: v.optional(v.picklist(WAITS)),
  /** Tiles of far rows that the detector processed in the last frame. */
  closerLooks: v.pipe(count, v.maxValue(16)),
});
export type CrowdRecord = v.InferOutput<typeof CrowdRecord>;

export const CROWDING_CASE = defineCase({
  id: 'crowding',
  number: 6,
  needs: ['objects'],
  config: CrowdingConfig,
  commands: [BackgroundCommand],
  records: [CrowdRecord],
  pictures: true,
});
