/**
 * Geometry of axis-aligned boxes [x0, y0, x1, y1] in pixels. Pure functions; none of them changes its arguments.
 * A box whose sides are reversed has no area.
 */
import type { Box } from './detection.ts';

/** A point or vector [x, y] in pixels, x to the right, y down. */
export type Vec = readonly [number, number];

/** Pixels; 0 where the sides are reversed. */
export const widthOf = (b: Box): number => Math.max(0, b[2] - b[0]);
/** Pixels; 0 where the sides are reversed. */
export const heightOf = (b: Box): number => Math.max(0, b[3] - b[1]);
/** Square pixels. */
export const areaOf = (b: Box): number => widthOf(b) * heightOf(b);
/** The side of the square of the same area, pixels: one number for the size, independent of the aspect. */
export const sizeOf = (b: Box): number => Math.sqrt(areaOf(b));
/** The middle of a box, pixels. */
export const centreOf = (b: Box): [number, number] => [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2];
/** Foot point of an upright object: the middle of the lower edge. */
export const groundPointOf = (b: Box): [number, number] => [(b[0] + b[2]) / 2, b[3]];
/** The box of this size about a point, pixels. */
export const boxAt = (cx: number, cy: number, width: number, height: number): Box => [
  cx - width / 2,
  cy - height / 2,
  cx + width / 2,
  cy + height / 2,
];

/** Area of the intersection of two boxes, in square pixels. */
export function intersection(a: Box, b: Box): number {
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  if (w <= 0) return 0;
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return h <= 0 ? 0 : w * h;
}

/** Intersection over union (Jaccard index), 0..1; 0 for boxes without area. */
export function iou(a: Box, b: Box): number {
  const shared = intersection(a, b);
  return shared === 0 ? 0 : shared / (areaOf(a) + areaOf(b) - shared);
}

/**
 * IoU of the two boxes after both were grown by `margin` pixels on every side: boxes that narrowly miss each other
 * still score (buffered IoU: Yang et al., "Hard to Track Objects with Irregular Motions and Similar Appearances? Make
 * It Easier by Buffering the Matching Space", WACV 2023; here the buffer is in pixels, not a share of the box).
 */
export function bufferedIou(a: Box, b: Box, margin: number): number {
  const m = 2 * margin;
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]) + m;
  if (w <= 0) return 0;
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]) + m;
  if (h <= 0) return 0;
  const shared = w * h;
  const union = (widthOf(a) + m) * (heightOf(a) + m) + (widthOf(b) + m) * (heightOf(b) + m) - shared;
  return union > 0 ? shared / union : 0;
}

/** Share of `inner` that lies inside `outer`, 0..1. */
export function coverage(inner: Box, outer: Box): number {
  const area = areaOf(inner);
  return area === 0 ? 0 : intersection(inner, outer) / area;
}

/** Intersection over the area of the smaller box, 0..1: 1 when one lies inside the other. */
export function nesting(a: Box, b: Box): number {
  const area = Math.min(areaOf(a), areaOf(b));
  return area === 0 ? 0 : intersection(a, b) / area;
}

/** The smallest box around both. */
export const union = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];

/** The part of a box inside a picture of the given size, pixels; empty (zero area, on the border) if there is none. */
export function clip(b: Box, width: number, height: number): Box {
  const x = (v: number) => Math.min(width, Math.max(0, v));
  const y = (v: number) => Math.min(height, Math.max(0, v));
  return [x(b[0]), y(b[1]), x(b[2]), y(b[3])];
}

/** Grown by `margin` pixels on every side (negative: shrunk, at most to the centre). */
export function grow(b: Box, margin: number): Box {
  const mx = Math.max(margin, -widthOf(b) / 2);
  const my = Math.max(margin, -heightOf(b) / 2);
  return [b[0] - mx, b[1] - my, b[2] + mx, b[3] + my];
}
