import { ellipsoid, limb, roundBox, smoothMax, smoothMin } from '../../sdf/primitives.ts';
import type { Proportions } from '../proportions.ts';
import type { PersonSpec } from '../spec.ts';
import type { Garment } from './garment.ts';

/** A shoe on the left foot, sole on y = 0; `painted` tells sole from upper by height. */
export function shoes(d: Proportions, kind: PersonSpec['shoes']['kind']): Garment {
  const s = d.scale;
  const q = s * (1 - 0.08 * d.feminine);
  const [ax, , az] = d.ankle;
  const z0 = az + 0.018 * s;
  const boot = kind === 'boots';
  const slim = kind === 'leather' ? 0.93 : 1;
  const top = (boot ? 0.2 : kind === 'leather' ? 0.085 : 0.1) * q;
  return {
    part: 'shoes',
    field: (px, y, pz) => {
      const x = (Math.abs(px) - ax) / slim;
      const z = pz - z0;
      let f = ellipsoid(x, y, z, 0, 0.045 * q, -0.035 * q, 0.036 * q, 0.055 * q, 0.048 * q);
      f = smoothMin(
        f,
        ellipsoid(x, y, z, 0.006 * q, 0.028 * q, 0.078 * q, 0.041 * q, 0.04 * q, 0.092 * q),
        0.045 * q,
      );
      f = smoothMin(
        f,
        limb(x, y, z, [0, 0.05 * q, -0.03 * q], [0, 0.085 * q, -0.026 * q], 0.036 * q, 0.04 * q),
        0.02 * q,
      );
      if (boot)
        f = smoothMin(
          f,
          limb(x, y, z, [0, 0.08 * q, -0.024 * q], [0, 0.2 * q, -0.02 * q], 0.046 * q, 0.056 * q),
          0.02,
        );
      f = smoothMax(f, y - top - 0.25 * Math.max(0, -z - 0.02 * q), 0.005);
      f = smoothMax(f, 0.004 - y, 0.004);
      const sole = Math.max(
        roundBox(x, y, z, [0.004 * q, 0.011 * q, 0.03 * q], [0.043 * q, 0.011 * q, 0.128 * q], 0.01 * q),
        ellipsoid(x, 0, z, 0.004 * q, 0, 0.028 * q, 0.047 * q, 1, 0.13 * q),
      );
      return smoothMin(f, sole, 0.002) * slim;
    },
    min: [ax - 0.08 * s, -0.012, -0.14 * s],
    max: [ax + 0.09 * s, (boot ? 0.26 : 0.14) * s, 0.21 * s],
    grain: 0.7,
    symmetric: true,
  };
}
