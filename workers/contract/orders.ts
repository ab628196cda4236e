/** What the page may tell the camera: lines, zones, masks, calibration, the engine. Checked like anything from outside. */
import * as v from 'valibot';
import { AttributesConfig } from './cases/attributes.ts';
import { BackgroundOrder, CrowdingConfig } from './cases/crowding.ts';
import { DeskOrder, RepeatVisitsConfig } from './cases/repeat-visits.ts';
import { StreetscapeConfig } from './cases/streetscape.ts';
import { TrajectoriesConfig } from './cases/trajectories.ts';
import { modelId, Point, ROLES, shortId } from './words.ts';

/** The least length of a counting line, as a fraction of the picture's diagonal. */
export const LEAST_LINE = 0.02;

export const CountingLine = v.strictObject({
  id: shortId,
  a: Point,
  b: Point,
  /** A crossing flatter than this against the line is not counted (people walking along it). 0..80 degrees. */
  minAngleDeg: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(80)), 15),
});
export type CountingLine = v.InferOutput<typeof CountingLine>;

export const Polygon = v.strictObject({
  id: shortId,
  points: v.pipe(v.array(Point), v.minLength(3), v.maxLength(32)),
});
export type Polygon = v.InferOutput<typeof Polygon>;

/**
 * Four points on the ground, in order around a rectangle seen from above (near left, near right, far right, far
 * left), and the rectangle's true size in metres.
 */
export const GroundCalibration = v.strictObject({
  points: v.tuple([Point, Point, Point, Point]),
  widthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
  depthM: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
});
export type GroundCalibration = v.InferOutput<typeof GroundCalibration>;

export const CountingConfig = v.strictObject({
  case: v.literal('counting'),
  lines: v.pipe(v.array(CountingLine), v.maxLength(16)),
  zones: v.pipe(v.array(Polygon), v.maxLength(16)),
  calibration: v.optional(GroundCalibration),
  /** The point of an object that must cross: the middle of its box, or where it touches the ground. */
  anchor: v.optional(v.picklist(['centre', 'ground']), 'centre'),
});
export type CountingConfig = v.InferOutput<typeof CountingConfig>;

export const CaseConfig = v.variant('case', [
  AttributesConfig,
  TrajectoriesConfig,
  RepeatVisitsConfig,
  CountingConfig,
  StreetscapeConfig,
  CrowdingConfig,
]);
export type CaseConfig = v.InferOutput<typeof CaseConfig>;

/** What a case can be asked to do once, apart from looking at frames. */
export const CaseOrder = v.variant('case', [DeskOrder, BackgroundOrder]);
export type CaseOrder = v.InferOutput<typeof CaseOrder>;

export const BackendChoice = v.picklist(['auto', 'wasm', 'webgpu']);
export type BackendChoice = v.InferOutput<typeof BackendChoice>;

/** Pictures a second a camera takes at most. */
export const MostFps = v.pipe(v.number(), v.gtValue(0), v.maxValue(240));

export const EngineChoice = v.strictObject({
  model: modelId,
  /** What the model is for; absent: finding objects. */
  role: v.optional(v.picklist(ROLES)),
  backend: BackendChoice,
  /** 0: as many as measure fastest, at most cores - 1. */
  threads: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16)),
  /** Input size in pixels; absent: chosen from the source's aspect. */
  width: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  height: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
  /** The longer side of an input that takes the source's shape; a model of one fixed size keeps it. */
  longSide: v.optional(v.pipe(v.number(), v.integer(), v.multipleOf(32), v.minValue(64), v.maxValue(1920))),
});
export type EngineChoice = v.InferOutput<typeof EngineChoice>;

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
