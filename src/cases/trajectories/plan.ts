/** Maps the floor to the screen: metres with y upwards become drawing units with y downwards. */
import type { FloorPoint } from '../../../contract/index.ts';

export interface Frame {
  /** Left, top, width and height in metres; top is the far end, counted downwards from it. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Margin of the view, metres. */
const MARGIN = 0.75;

/**
 * The frame around points of the floor.
 * @returns undefined without points
 */
export function frameAround(points: readonly FloorPoint[]): Frame | undefined {
  if (points.length === 0) return undefined;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => -y);
  const [x, y] = [Math.min(...xs) - MARGIN, Math.min(...ys) - MARGIN];
  return { x, y, width: Math.max(...xs) + MARGIN - x, height: Math.max(...ys) + MARGIN - y };
}

/** The same frame, widened to an aspect ratio, so that a plan fills its area. @param aspect width / height */
export function widened({ x, y, width, height }: Frame, aspect: number): Frame {
  const wide = Math.max(width, height * aspect);
  const high = Math.max(height, width / aspect);
  return { x: x - (wide - width) / 2, y: y - (high - height) / 2, width: wide, height: high };
}

export const polygonOf = (points: readonly FloorPoint[]): string =>
  points.map(([x, y]) => `${x},${-y}`).join(' ');

/** A smooth line through the middles of its pieces, from the first point to the last. */
export function curveOf(points: readonly FloorPoint[]): string {
  const flipped = points.map(([x, y]) => [x, -y] as const);
  const [first, ...rest] = flipped;
  if (!first) return '';
  const middles = rest.slice(0, -1).map(([x, y], i) => {
    const [nx, ny] = rest[i + 1]!;
    return `Q${x},${y} ${(x + nx) / 2},${(y + ny) / 2}`;
  });
  const last = flipped.at(-1)!;
  return `M${first.join(',')}${middles.join('')}L${last.join(',')}`;
}

/** Position of a zone's name: the mean of its corners. */
export function middleOf(points: readonly FloorPoint[]): FloorPoint {
  const n = Math.max(1, points.length);
  return [points.reduce((sum, [x]) => sum + x, 0) / n, points.reduce((sum, [, y]) => sum + y, 0) / n];
}

/** Length of the scale bar: the largest of 1, 2, 5, 10, ... metres that takes at most a quarter of the width. */
export function scaleBar(widthM: number): number {
  const max = widthM / 4;
  const power = 10 ** Math.floor(Math.log10(max));
  return [5, 2, 1].map((step) => step * power).find((length) => length <= max) ?? power;
}
