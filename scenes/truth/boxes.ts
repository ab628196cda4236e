/** Small arithmetic on boxes in pixels. */
import type { Vec2 } from './camera.ts';
import type { Box } from './schema.ts';

/** Around all points; null for none. */
export function boxAround(points: Iterable<Vec2>): Box | null {
  let box: Box | null = null;
  for (const [x, y] of points) {
    if (!box) box = [x, y, x, y];
    else {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return box;
}

export const areaOf = ([x0, y0, x1, y1]: Box): number => Math.max(0, x1 - x0) * Math.max(0, y1 - y0);

/** The smallest box around both. */
export const union = (a: Box, b: Box): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];

/** The part of a box inside the picture; null when there is none. */
export function clip(box: Box, width: number, height: number): Box | null {
  const cut: Box = [
    Math.max(0, box[0]),
    Math.max(0, box[1]),
    Math.min(width, box[2]),
    Math.min(height, box[3]),
  ];
  return cut[0] < cut[2] && cut[1] < cut[3] ? cut : null;
}

/** Intersection over union, 0..1; 0 when both are empty. */
export function iou(a: Box, b: Box): number {
  const overlap = areaOf([
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
    Math.min(a[2], b[2]),
    Math.min(a[3], b[3]),
  ]);
  const all = areaOf(a) + areaOf(b) - overlap;
  return all > 0 ? overlap / all : 0;
}

/** To a tenth of a pixel, outwards never: truth files stay small and compare equal. */
export const roundBox = (box: Box): Box => box.map((x) => Math.round(x * 10) / 10) as Box;
