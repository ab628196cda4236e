/**
 * The contract of the live scene: the page's commands and the scene's records. Neither holds pictures; those go over a
 * separate port, which the page passes on to the camera.
 *
 * These schemas check every message where it leaves and again where it arrives. No schema admits anything that could
 * hold a pixel. No part of three.js is reachable from here: the page imports this file.
 */
import * as v from 'valibot';
import { BoxSchema, COUNTED_KINDS, CountsSchema, LineSchema, ZoneSchema } from '../truth/schema.ts';
import { WEATHERS } from '../worlds/kit/moods.ts';

/** Worlds by the case whose sample they also give. */
export const LIVE_WORLDS = ['attributes', 'trajectories', 'counting', 'streetscape', 'crowding'] as const;
export type LiveWorldId = (typeof LIVE_WORLDS)[number];

/** Picture heights in pixels; the width follows from 16:9. */
export const HEIGHTS = [180, 360, 540, 720] as const;
export type PictureHeight = (typeof HEIGHTS)[number];
export const widthOf = (height: PictureHeight): number => (height * 16) / 9;

const number = v.pipe(v.number(), v.finite());
const whole = v.pipe(number, v.integer(), v.minValue(0));
const share = v.pipe(number, v.minValue(0), v.maxValue(1));
const within = (min: number, max: number) => v.pipe(number, v.minValue(min), v.maxValue(max));

/** Settings that the visitor may change while it runs. `knobs.ts` has the ranges of each world. */
export const Knobs = v.strictObject({
  /** Arrivals as a multiple of the world's own. */
  density: within(0, 2.5),
  light: v.picklist(WEATHERS),
  /** Of the lens above the floor, metres. */
  cameraM: within(0.5, 12),
  /** Downwards from the horizontal, degrees. */
  tiltDeg: within(0, 60),
  height: v.picklist(HEIGHTS),
  /** Pictures a second; the machine drops pictures that it cannot draw in time. */
  fps: within(1, 30),
  /** Standard deviation of the sensor's noise in mid-grey, in 8-bit steps. */
  noise: within(0, 20),
});
export type Knobs = v.InferOutput<typeof Knobs>;

/** The visitor's drawing on the picture, so that truth counts at the same place as the camera. */
export const Watched = v.strictObject({
  lines: v.array(LineSchema),
  zones: v.array(ZoneSchema),
  /** The point of an object that must cross: the middle of its box, or where it stands. */
  anchor: v.picklist(['centre', 'ground']),
});
export type Watched = v.InferOutput<typeof Watched>;

export const SceneCommand = v.variant('order', [
  /** Builds the world; the port for the pictures comes with the message. Once. */
  v.strictObject({ order: v.literal('open'), world: v.picklist(LIVE_WORLDS), seed: whole, knobs: Knobs }),
  v.strictObject({ order: v.literal('turn'), knobs: Knobs }),
  v.strictObject({ order: v.literal('watch'), watched: Watched }),
]);
export type SceneCommand = v.InferOutput<typeof SceneCommand>;

const Kind = v.picklist(COUNTED_KINDS);
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));
const perKind = v.record(Kind, whole);

export const LiveObject = v.strictObject({
  id,
  kind: Kind,
  /** Around the whole object, occluded parts included; pixels; may reach beyond the picture. */
  box: BoxSchema,
  /** Around the visible part, to the cell of a coarse grid; null when none is visible. */
  seen: v.nullable(BoxSchema),
  occlusion: share,
});
export type LiveObject = v.InferOutput<typeof LiveObject>;

export const LiveCrossing = v.strictObject({
  line: id,
  id,
  kind: Kind,
  direction: v.picklist(['forward', 'backward']),
  atS: v.pipe(number, v.minValue(0)),
});
export type LiveCrossing = v.InferOutput<typeof LiveCrossing>;

/** The truth of one picture; `atS` is the time stamp the picture itself carries, in seconds. */
export const FrameTruth = v.strictObject({
  type: v.literal('frame'),
  frame: whole,
  atS: v.pipe(number, v.minValue(0)),
  width: whole,
  height: whole,
  objects: v.array(LiveObject),
  /** Objects with at least one visible part, by kind. */
  present: perKind,
  /** Zone -> kind -> how many have their anchor in it. Empty zones are left out. */
  occupancy: v.record(id, perKind),
  /** Since the picture before. */
  crossings: v.array(LiveCrossing),
  /** Since it was opened, by line as drawn now. */
  counts: v.record(id, CountsSchema),
});
export type FrameTruth = v.InferOutput<typeof FrameTruth>;

export const TIERS = ['full', 'reduced', 'lean'] as const;
export type Tier = (typeof TIERS)[number];

/** Rendering performance, once a second. */
export const SceneStats = v.strictObject({
  type: v.literal('stats'),
  fps: v.pipe(number, v.minValue(0)),
  /** Median time to draw a picture, in milliseconds. */
  drawMs: v.pipe(number, v.minValue(0)),
  /** Of the last picture, all passes together. */
  triangles: whole,
  draws: whole,
  bodies: whole,
  tier: v.picklist(TIERS),
  /** Drawn by the processor, not by a graphics card. */
  software: v.boolean(),
  /** Drawn size; smaller than requested where the tier limits it. */
  height: v.picklist(HEIGHTS),
});
export type SceneStats = v.InferOutput<typeof SceneStats>;

export const SceneRecord = v.variant('type', [
  /** People made so far, before the first picture. */
  v.strictObject({ type: v.literal('progress'), done: whole, of: whole }),
  v.strictObject({
    type: v.literal('ready'),
    width: whole,
    height: whole,
    fps: v.pipe(number, v.gtValue(0)),
  }),
  FrameTruth,
  SceneStats,
  v.strictObject({ type: v.literal('fault'), code: v.picklist(['scene-unavailable', 'scene-lost']) }),
]);
export type SceneRecord = v.InferOutput<typeof SceneRecord>;
