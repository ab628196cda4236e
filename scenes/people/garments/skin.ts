/** Bare skin that garments leave: neck, hands and, under short sleeves, arms. */
import { smoothMin } from '../../sdf/primitives.ts';
import type { Body } from '../body.ts';
import type { Proportions } from '../proportions.ts';
import type { Cut } from './cut.ts';
import type { Garment } from './garment.ts';

export function arms(d: Proportions, body: Body, cut: Cut): Garment {
  const s = d.scale;
  const [sx, sy] = d.shoulder;
  const [wx, wy] = d.wrist;
  const bare = cut.cuff < 1.9;
  const from = Math.max(0, cut.cuff - 0.35);
  return {
    part: 'arms',
    field: (x, y, z) =>
      bare
        ? smoothMin(
            body.hand(x, y, z),
            Math.max(body.arm(x, y, z), (from - body.armPosition(x, y, z)) * 0.2),
            0.012,
          )
        : body.hand(x, y, z),
    min: [bare ? sx - 0.06 * s : wx - 0.06 * s, wy - 0.22 * s, -0.09 * s],
    max: [wx + 0.07 * s, bare ? sy + 0.05 * s : wy + 0.06 * s, 0.13 * s],
    grain: bare ? 0.65 : 0.52,
    symmetric: true,
  };
}

export function neck(d: Proportions, body: Body): Garment {
  const s = d.scale;
  return {
    part: 'neck',
    field: body.neck,
    min: [-0.2 * s, 1.33 * s, -0.16 * s],
    max: [0.2 * s, 1.56 * s, 0.13 * s],
    grain: 0.85,
    symmetric: false,
  };
}
