/** Straps of bags: bands that lie on whatever top is worn. */
import type { Field } from '../../sdf/primitives.ts';
import { smoothMax } from '../../sdf/primitives.ts';
import type { Proportions } from '../proportions.ts';
import type { Garment } from './garment.ts';

/** Half the thickness of the shell a strap is cut from; thick enough for coarse levels of detail. */
const THICKNESS = 0.009;
const shell = (top: Field, x: number, y: number, z: number) => Math.abs(top(x, y, z) - 0.002) - THICKNESS;

/** Two bands over the shoulders, in front down to below the armpits. */
export function rucksackStraps(d: Proportions, top: Field): Garment {
  const s = d.scale;
  const middle = d.shoulderHalf * 0.55;
  return {
    part: 'straps',
    field: (px, y, z) => {
      const drift = middle + 0.12 * Math.max(0, 1.3 * s - y);
      const band = Math.abs(Math.abs(px) - drift) - 0.022 * s;
      const ends = Math.max(1.1 * s - y, z < -0.02 * s ? 1.28 * s - y : -1);
      return smoothMax(Math.max(band, ends), shell(top, px, y, z), 0.003);
    },
    min: [0, 1.08 * s, -0.2 * s],
    max: [d.shoulderHalf, 1.48 * s, 0.26 * s],
    grain: 0.36,
    symmetric: true,
  };
}

/** One band from the left shoulder across chest and back to the bag on the right hip. */
export function crossStrap(d: Proportions, top: Field): Garment {
  const s = d.scale;
  const shoulder = [0.085 * s, 1.4 * s] as const;
  const hip = [-d.hipHalf * 0.95, 1.0 * s] as const;
  const length = Math.hypot(shoulder[0] - hip[0], shoulder[1] - hip[1]);
  const nx = (shoulder[1] - hip[1]) / length;
  const ny = -(shoulder[0] - hip[0]) / length;
  return {
    part: 'straps',
    field: (x, y, z) => {
      const band = Math.abs((x - hip[0]) * nx + (y - hip[1]) * ny) - 0.016 * s;
      return smoothMax(Math.max(band, hip[1] - y), shell(top, x, y, z), 0.003);
    },
    min: [-d.hipHalf * 1.4, 0.98 * s, -0.24 * s],
    max: [d.shoulderHalf, 1.5 * s, 0.3 * s],
    grain: 0.5,
    symmetric: false,
  };
}
