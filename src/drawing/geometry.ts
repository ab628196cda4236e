/** Plane geometry of the drawing tools. Points are fractions of the picture's sides, as in the contract. */
import { MIN_LINE, type Point } from '../../contract/index.ts';

const clamp = (value: number, low = 0, high = 1): number => Math.min(high, Math.max(low, value));

/** The nearest point inside the picture. */
export const inside = ([x, y]: readonly [number, number]): Point => [clamp(x), clamp(y)];

/** Rounded to a ten-thousandth of the side: finer than a pixel of any camera, and short to store. */
export const rounded = ([x, y]: Point): Point => [Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4];

/** Moves points together as far as they all stay in the picture. */
export function shift(points: readonly Point[], dx: number, dy: number): Point[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = clamp(dx, -Math.min(...xs), 1 - Math.max(...xs));
  const y = clamp(dy, -Math.min(...ys), 1 - Math.max(...ys));
  return points.map(([px, py]) => rounded(inside([px + x, py + y])));
}

/** Length of a line as a fraction of the picture's diagonal. */
export function relativeLength(a: Point, b: Point, aspect: number): number {
  return Math.hypot((b[0] - a[0]) * aspect, b[1] - a[1]) / Math.hypot(aspect, 1);
}

export const longEnough = (a: Point, b: Point, aspect: number): boolean =>
  relativeLength(a, b, aspect) >= MIN_LINE;

/** Area of a polygon as a fraction of the picture (shoelace formula); the order of its points does not matter. */
export function relativeArea(points: readonly Point[]): number {
  let twice = 0;
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length]!;
    twice += x * ny - nx * y;
  });
  return Math.abs(twice) / 2;
}

/** The least area of a zone or mask, as a fraction of the picture: about 17 x 17 pixels at 640 x 360. */
const MIN_AREA = 0.00125;

export const largeEnough = (points: readonly Point[]): boolean => relativeArea(points) >= MIN_AREA;

/** Whether four points go round a convex figure, in either sense, as the corners of a rectangle on the ground must. */
export function isConvex(points: readonly Point[]): boolean {
  const turns = points.map((p, i) => {
    const q = points[(i + 1) % points.length]!;
    const r = points[(i + 2) % points.length]!;
    return Math.sign((q[0] - p[0]) * (r[1] - q[1]) - (q[1] - p[1]) * (r[0] - q[0]));
  });
  return turns.every((turn) => turn !== 0 && turn === turns[0]);
}

export const midpoint = (p: Point, q: Point): Point => [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
