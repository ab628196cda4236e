import type { Field } from '../../sdf/primitives.ts';
import { smoothMax } from '../../sdf/primitives.ts';
import type { Proportions } from '../proportions.ts';
import type { Garment } from './garment.ts';

/** Straps of a rucksack: two bands lying on the top, over the shoulders and down to below the armpits. */
export function straps(d: Proportions, top: Field): Garment {
  const s = d.scale;
  const middle = d.shoulderHalf * 0.55;
  return {
    part: 'straps',
    field: (px, y, z) => {
      const x = Math.abs(px);
      const shell = Math.abs(top(px, y, z) - 0.002) - 0.009;
      const drift = middle + 0.12 * Math.max(0, 1.3 * s - y);
      const band = Math.abs(x - drift) - 0.022 * s;
      return smoothMax(Math.max(band, 1.1 * s - y, z < -0.02 * s ? 1.28 * s - y : -1), shell, 0.003);
    },
    min: [0, 1.08 * s, -0.2 * s],
    max: [d.shoulderHalf, 1.48 * s, 0.26 * s],
    grain: 0.36,
    symmetric: true,
  };
}
