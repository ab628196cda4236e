/** The naked body as distance fields at rest, symmetric in x: what garments are draped over and bare skin is cut from. */
import type { Field } from '../sdf/primitives.ts';
import { along, clamp, ellipsoid, lerp, limb, smoothMin, sphere } from '../sdf/primitives.ts';
import type { Proportions } from './proportions.ts';

export interface Body {
  torso: Field;
  leg: Field;
  arm: Field;
  hand: Field;
  neck: Field;
  /** Where on the arm a point is: 0 shoulder, 1 elbow, 2 wrist; runs on to 3. */
  armPosition: Field;
}

export function bodyFields(d: Proportions): Body {
  const { scale: s, feminine, build, child, shoulder, elbow, wrist, hip, knee, ankle, girth } = d;
  const curves = feminine > 0.2;
  const armGirth = (1 + 0.18 * build - 0.12 * feminine) * lerp(1, 0.92, child);

  const torso: Field = (px, y, z) => {
    const x = Math.abs(px);
    let f = ellipsoid(
      x,
      y,
      z,
      0,
      d.hipY + 0.05 * s,
      -0.012 * s,
      d.hipHalf,
      0.13 * s,
      0.108 * s * (1 + 0.15 * build),
    );
    f = smoothMin(
      f,
      ellipsoid(x, y, z, 0, d.waistY, 0, d.waistHalf, 0.16 * s, 0.094 * s * (1 + 0.35 * build)),
      0.1 * s,
    );
    f = smoothMin(
      f,
      ellipsoid(x, y, z, 0, d.chestY, -0.012 * s, d.chestHalf, 0.172 * s, 0.108 * s * (1 + 0.12 * build)),
      0.08 * s,
    );
    f = smoothMin(
      f,
      limb(
        x,
        y,
        z,
        [0.02 * s, 1.372 * s, -0.022 * s],
        [d.shoulderHalf * 0.88, d.shoulderY - 0.004 * s, -0.016 * s],
        0.056 * s,
        0.042 * s,
      ),
      0.06 * s,
    );
    // Trapezius: the slope from neck to shoulder.
    f = smoothMin(
      f,
      limb(
        x,
        y,
        z,
        [0, 1.432 * s, -0.026 * s],
        [d.shoulderHalf * 0.72, 1.375 * s, -0.022 * s],
        0.044 * s,
        0.03 * s,
      ),
      0.05 * s,
    );
    f = curves
      ? smoothMin(
          f,
          sphere(x, y, z, 0.066 * s, 1.245 * s, 0.07 * s, lerp(0.045, 0.058, feminine) * s),
          0.055 * s,
        )
      : smoothMin(
          f,
          ellipsoid(x, y, z, 0.065 * s, 1.29 * s, 0.056 * s, 0.075 * s, 0.06 * s, 0.045 * s),
          0.05 * s,
        );
    f = smoothMin(
      f,
      sphere(x, y, z, 0.068 * s, 0.93 * s, lerp(-0.05, -0.058, feminine) * s, 0.078 * s),
      0.06 * s,
    );
    if (build > 0.35)
      f = smoothMin(
        f,
        ellipsoid(x, y, z, 0, 1.04 * s, 0.05 * s, 0.11 * s, 0.12 * s, 0.06 * s * (1 + build)),
        0.08 * s,
      );
    return f;
  };

  const leg: Field = (px, y, z) => {
    const x = Math.abs(px);
    let f = limb(x, y, z, hip, knee, 0.084 * s * girth, 0.054 * s * girth);
    f = smoothMin(f, limb(x, y, z, knee, ankle, 0.05 * s * girth, 0.034 * s * girth), 0.03 * s);
    const calf = lerp(knee[0], ankle[0], 0.31) + 0.003 * s;
    return smoothMin(
      f,
      ellipsoid(x, y, z, calf, 0.36 * s, -0.022 * s, 0.046 * s * girth, 0.12 * s, 0.05 * s * girth),
      0.04 * s,
    );
  };

  const arm: Field = (px, y, z) => {
    const x = Math.abs(px);
    const f = limb(x, y, z, shoulder, elbow, 0.047 * s * armGirth, 0.037 * s * armGirth);
    return smoothMin(f, limb(x, y, z, elbow, wrist, 0.038 * s * armGirth, 0.025 * s * armGirth), 0.02 * s);
  };

  const q = s * (1 - 0.08 * feminine) * lerp(1, 0.95, child);
  const [wx, wy, wz] = wrist;
  const FINGER = [0.07, 0.078, 0.072, 0.056] as const;
  const hand: Field = (px, y, z) => {
    const x = Math.abs(px);
    let f = ellipsoid(
      x,
      y,
      z,
      wx + 0.012 * q,
      wy - 0.062 * q,
      wz + 0.008 * q,
      0.017 * q,
      0.05 * q,
      0.036 * q,
    );
    f = smoothMin(
      f,
      limb(x, y, z, wrist, [wx + 0.01 * q, wy - 0.04 * q, wz + 0.004 * q], 0.025 * q, 0.022 * q),
      0.02 * q,
    );
    // Relaxed fingers: two segments each, curling towards the thigh.
    for (let i = 0; i < 4; i++) {
      const fz = wz + (0.034 - 0.02 * i) * q;
      const length = FINGER[i]! * q;
      const middle = [wx + 0.008 * q, wy - 0.095 * q - length * 0.5, fz + 0.006 * q] as const;
      f = smoothMin(
        f,
        limb(x, y, z, [wx + 0.014 * q, wy - 0.095 * q, fz], middle, 0.0095 * q, 0.0088 * q),
        0.006 * q,
      );
      f = smoothMin(
        f,
        limb(
          x,
          y,
          z,
          middle,
          [wx - 0.008 * q, wy - 0.095 * q - length, fz + 0.01 * q],
          0.0088 * q,
          0.0072 * q,
        ),
        0.004 * q,
      );
    }
    const thumb = limb(
      x,
      y,
      z,
      [wx + 0.006 * q, wy - 0.04 * q, wz + 0.03 * q],
      [wx - 0.004 * q, wy - 0.098 * q, wz + 0.058 * q],
      0.013 * q,
      0.0095 * q,
    );
    return smoothMin(f, thumb, 0.012 * q);
  };

  const neckRadius = (0.054 - 0.011 * feminine - 0.006 * child) * s;
  const neck: Field = (x, y, z) =>
    smoothMin(
      limb(x, y, z, [0, 1.38 * s, -0.032 * s], [0, 1.53 * s, -0.012 * s], neckRadius, neckRadius * 0.94),
      Math.max(torso(x, y, z) + 0.002, 1.3 * s - y),
      0.035 * s,
    );

  const armPosition: Field = (px, y, z) => {
    const x = Math.abs(px);
    const t = along(x, y, z, shoulder, elbow);
    return t < 1 ? t : 1 + clamp(along(x, y, z, elbow, wrist), 0, 2);
  };
  return { torso, leg, arm, hand, neck, armPosition };
}
