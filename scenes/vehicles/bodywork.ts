/** The surface of a motor vehicle as a signed distance field. */
import type { Field } from '../sdf/primitives.ts';
import { clamp, ellipsoid, roundBox, smoothMax, smoothMin } from '../sdf/primitives.ts';
import type { BodyShape, Profile } from './bodies.ts';

/** Signed distance to a polygon (Inigo Quilez, iquilezles.org/articles/distfunctions2d, MIT). */
export function polygon(x: number, y: number, corners: Profile): number {
  const first = corners[0]!;
  let distance = (x - first[0]) ** 2 + (y - first[1]) ** 2;
  let sign = 1;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [xi, yi] = corners[i]!;
    const [xj, yj] = corners[j]!;
    const ex = xj - xi;
    const ey = yj - yi;
    const wx = x - xi;
    const wy = y - yi;
    const t = clamp((wx * ex + wy * ey) / (ex * ex + ey * ey), 0, 1);
    distance = Math.min(distance, (wx - ex * t) ** 2 + (wy - ey * t) ** 2);
    const above = y >= yi;
    const below = y < yj;
    const left = ex * wy > ey * wx;
    if ((above && below && left) || (!above && !below && !left)) sign = -sign;
  }
  return sign * Math.sqrt(distance);
}

/** Body, cabin, wheel arches and mirrors in one field; metres, origin on the road below the middle. */
export function bodywork(shape: BodyShape): Field {
  const { length, width, belt, lower, cabin, axles, wheelRadius, cargo } = shape;
  const tall = cabin === undefined;
  return (X, y, z) => {
    const x = Math.abs(X);
    // Plan view: the ends narrow, the flanks are slightly bowed and draw in towards the sills.
    const taper = 0.13 * clamp(Math.abs(z) / (length / 2), 0, 1.1) ** 8 * (tall ? 0.5 : 1);
    const bow = tall ? 0 : 0.02 * Math.cos((y - 0.7) * 2.2);
    const sill = y < 0.4 ? (0.05 * (0.4 - y)) / 0.15 : 0;
    const half = width / 2 - taper - 0.02 + bow - sill;
    let d = smoothMax(polygon(z, y, lower), x - half, tall ? 0.12 : 0.16);
    if (cabin) {
      const inward = width / 2 - 0.055 - Math.max(0, y - belt) * 0.26;
      d = smoothMin(d, smoothMax(polygon(z, y, cabin) - 0.01, x - inward, 0.13), 0.05);
    } else if (!cargo) {
      d = smoothMin(d, roundBox(X, y, z, [0, 3.1, -1.2], [0.8, 0.14, 1.6], 0.1), 0.05);
    }
    if (cargo) {
      const box = roundBox(X, y, z, [0, 1.68, -0.95], [width / 2 - 0.02, 1, 1.85], 0.04);
      const frame = roundBox(X, y, z, [0, 0.58, -0.6], [0.4, 0.12, 2.1], 0.03);
      d = Math.min(d, box, frame);
    }
    for (const axle of axles) {
      const arch = Math.max(Math.hypot(y - wheelRadius, z - axle) - wheelRadius * 1.17, width / 2 - 0.36 - x);
      d = smoothMax(d, -arch, 0.025);
    }
    if (cabin) {
      const foot = cabin.at(-1)![0];
      return smoothMin(
        d,
        ellipsoid(x, y, z, width / 2 + 0.06, belt + 0.1, foot - 0.38, 0.1, 0.065, 0.055),
        0.03,
      );
    }
    const mirrorY = cargo ? 1.75 : 2.3;
    return Math.min(d, ellipsoid(x, y, z, width / 2 + 0.14, mirrorY, length / 2 - 0.05, 0.09, 0.2, 0.06));
  };
}
