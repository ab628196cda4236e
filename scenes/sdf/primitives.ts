/**
 * Signed distance fields: negative inside, positive outside, metres. Formulas after Inigo Quilez,
 * "distance functions" (iquilezles.org/articles/distfunctions, MIT); the ellipsoid is his first-order bound.
 *
 * Plain numbers instead of vectors: these run millions of times per mesh.
 */

export type Vec3 = readonly [number, number, number];
/** Signed distance in metres at a point. */
export type Field = (x: number, y: number, z: number) => number;

export const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x);
export const lerp = (a: number, b: number, t: number) => a + (b - a) * t;
/** Hermite step from 0 at `from` to 1 at `to`; `from` may be the larger. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}
/** exp(-(x/width)^2): a bump of height 1 at 0. */
export const bump = (x: number, width: number) => Math.exp(-((x / width) ** 2));

/** Union with a fillet of about `k` metres (quadratic polynomial). */
export function smoothMin(a: number, b: number, k: number): number {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
}
/** Intersection with a rounded edge. */
export const smoothMax = (a: number, b: number, k: number) => -smoothMin(-a, -b, k);

export const sphere = (x: number, y: number, z: number, cx: number, cy: number, cz: number, r: number) =>
  Math.hypot(x - cx, y - cy, z - cz) - r;

export function ellipsoid(
  x: number,
  y: number,
  z: number,
  cx: number,
  cy: number,
  cz: number,
  rx: number,
  ry: number,
  rz: number,
): number {
  const px = (x - cx) / rx;
  const py = (y - cy) / ry;
  const pz = (z - cz) / rz;
  const k0 = Math.sqrt(px * px + py * py + pz * pz);
  const k1 = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2 + (pz / rz) ** 2);
  return k1 < 1e-9 ? -Math.min(rx, ry, rz) : (k0 * (k0 - 1)) / k1;
}

/** A limb: capsule from a to b whose radius goes linearly from ra to rb. */
export function limb(x: number, y: number, z: number, a: Vec3, b: Vec3, ra: number, rb: number): number {
  const px = x - a[0];
  const py = y - a[1];
  const pz = z - a[2];
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const dz = b[2] - a[2];
  const t = clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0, 1);
  return Math.hypot(px - dx * t, py - dy * t, pz - dz * t) - (ra + (rb - ra) * t);
}

/** Where a point projects on the line a-b: 0 at a, 1 at b, unbounded. */
export function along(x: number, y: number, z: number, a: Vec3, b: Vec3): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const dz = b[2] - a[2];
  return ((x - a[0]) * dx + (y - a[1]) * dy + (z - a[2]) * dz) / (dx * dx + dy * dy + dz * dz);
}

/** Box with half sides h and edge radius r (r is within h). */
export function roundBox(x: number, y: number, z: number, c: Vec3, h: Vec3, r: number): number {
  const qx = Math.abs(x - c[0]) - h[0] + r;
  const qy = Math.abs(y - c[1]) - h[1] + r;
  const qz = Math.abs(z - c[2]) - h[2] + r;
  return (
    Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0)) + Math.min(Math.max(qx, qy, qz), 0) - r
  );
}

/** Infinite upright elliptic tube around (cx, cz); a bound, exact only on the axes. */
export function tube(x: number, z: number, cx: number, cz: number, rx: number, rz: number): number {
  const k = Math.hypot((x - cx) / rx, (z - cz) / rz);
  return (k - 1) * Math.min(rx, rz);
}
