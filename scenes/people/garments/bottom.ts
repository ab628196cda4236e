/** Trousers, shorts, skirts and the legs that show under them. */
import { bump, lerp, limb, smoothMax, smoothMin } from '../../sdf/primitives.ts';
import type { Body } from '../body.ts';
import type { Proportions } from '../proportions.ts';
import type { BottomSpec } from '../spec.ts';
import { creases } from './folds.ts';
import type { Garment } from './garment.ts';
import { skirtField } from './top.ts';

/** How far trousers and skirts reach up under the top, metres above its hem. */
const TUCK = 0.035;

/** Height of the hem of a bottom above the ground, metres. */
export function hemOf(d: Proportions, bottom: BottomSpec): number {
  if (bottom.kind === 'trousers' || bottom.kind === 'jeans') return 0.042 * d.scale;
  return bottom.hem * d.hipY;
}

export function trousers(
  d: Proportions,
  body: Body,
  bottom: BottomSpec,
  topHem: number,
  seed: number,
): Garment {
  const s = d.scale;
  const hem = hemOf(d, bottom);
  const shift = seed * 3.17;
  const long = hem < 0.2 * s;
  const wide = lerp(0.004, 0.026, bottom.width);
  return {
    part: 'trousers',
    field: (px, y, z) => {
      const x = Math.abs(px);
      let trunk = body.torso(x, y, z) - 0.005;
      trunk = Math.max(trunk, y - (d.waistY - 0.02 * s));
      // Cloth falls straight from the thigh; below the knee it does not follow the calf.
      let leg = body.leg(x, y, z) - 0.007;
      const fall = limb(
        x,
        y,
        z,
        d.hip,
        [d.ankle[0], d.ankle[1] - 0.04 * s, d.ankle[2] + 0.014 * s],
        0.083 * s * d.girth + wide * 0.4,
        (long ? 0.05 : 0.062) * s * Math.sqrt(d.girth) + wide,
      );
      leg = smoothMin(leg, fall, 0.03 * s);
      const knee = bump(y - d.kneeY + 0.01 * s, 0.085 * s);
      const ankle = long ? bump(y - 0.1 * s, 0.075 * s) : 0;
      const crotch = bump(y - 0.83 * s, 0.07 * s);
      leg += creases(px, y, z, shift) * (0.0012 + 0.0032 * knee + 0.005 * ankle + 0.0035 * crotch);
      const f = smoothMin(trunk, leg, 0.04 * s);
      return smoothMax(Math.max(hem - y, y - topHem - TUCK * s), f, 0.003);
    },
    min: [-(d.ankle[0] + 0.16 * s), hem - 0.03, -0.24 * s],
    max: [d.ankle[0] + 0.16 * s, d.waistY + 0.04, 0.26 * s],
    grain: 1,
    symmetric: false,
  };
}

export function skirt(d: Proportions, body: Body, bottom: BottomSpec, topHem: number, seed: number): Garment {
  const s = d.scale;
  const hem = hemOf(d, bottom);
  const from = d.waistY - 0.01 * s;
  const pleats = bottom.width > 0.5 ? 16 : 7;
  const cone = skirtField(d, from, hem, lerp(0.02, 0.12, bottom.width), pleats, seed);
  return {
    part: 'skirt',
    field: (x, y, z) => {
      const f = smoothMin(cone(x, y, z), body.torso(x, y, z) - 0.006, 0.02);
      return Math.max(f, y - from, hem - y, y - topHem - TUCK * s);
    },
    min: [-0.36 * s, hem - 0.03, -0.36 * s],
    max: [0.36 * s, d.waistY + 0.03, 0.36 * s],
    grain: 1,
    symmetric: false,
  };
}

/** Legs below a hem. */
export function bareLegs(d: Proportions, body: Body, hem: number): Garment {
  const s = d.scale;
  const top = hem + 0.08 * s;
  return {
    part: 'legs',
    field: (x, y, z) => Math.max(body.leg(x, y, z), y - top),
    min: [0, 0.05 * s, -0.14 * s],
    max: [d.ankle[0] + 0.1 * s, top + 0.02, 0.14 * s],
    grain: 1,
    symmetric: true,
  };
}
