/** Shapes in the picture that the page draws: points, polygons, and the calibration of the ground. */
import * as v from 'valibot';
import { shortId, unit } from './enums.ts';

/** [x, y] as fractions of the source picture's width and height, origin at the top left. */
export const Point = v.tuple([unit, unit]);
export type Point = v.InferOutput<typeof Point>;

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

/** Sides of an upright picture, in square pixels. */
export const PictureShape = v.strictObject({
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1)),
});
export type PictureShape = v.InferOutput<typeof PictureShape>;
