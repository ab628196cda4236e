/** Bags as meshes to hang on a bone; the straps of a rucksack are a garment (`garments/straps.ts`). */
import type { BufferGeometry } from 'three';
import { toGeometry } from '../sdf/geometry.ts';
import { polygonise } from '../sdf/mesher.ts';
import { noise } from '../sdf/noise.ts';
import type { Field, Vec3 } from '../sdf/primitives.ts';
import { roundBox, smoothMin } from '../sdf/primitives.ts';
import type { BagKind } from './spec.ts';

interface BagShape {
  field: Field;
  min: Vec3;
  max: Vec3;
}

/** Origin where the bag meets the body: between the shoulder blades, in the fist, or at the hip. */
const SHAPES: Readonly<Record<BagKind, BagShape>> = {
  backpack: {
    field: (x, y, z) => {
      const main = roundBox(x, y, z, [0, -0.02, -0.085], [0.14, 0.205, 0.078], 0.06);
      const pocket = roundBox(x, y, z, [0, -0.1, -0.165], [0.11, 0.09, 0.03], 0.028);
      return smoothMin(main, pocket, 0.02) + noise(x * 13, y * 13, z * 13) * 0.004;
    },
    min: [-0.18, -0.26, -0.23],
    max: [0.18, 0.22, 0.02],
  },
  randoseru: {
    field: (x, y, z) => {
      const main = roundBox(x, y, z, [0, -0.02, -0.09], [0.125, 0.15, 0.09], 0.035);
      const flap = roundBox(x, y, z, [0, -0.02, -0.183], [0.12, 0.145, 0.012], 0.01);
      return smoothMin(main, flap, 0.012);
    },
    min: [-0.15, -0.2, -0.22],
    max: [0.15, 0.16, 0.02],
  },
  tote: {
    field: (x, y, z) => {
      const sag = noise(x * 9, y * 9, z * 9) * 0.005;
      const body = roundBox(x, y, z, [0, -0.27, 0], [0.04 + 0.02 * (-y - 0.12), 0.15, 0.165], 0.025) + sag;
      const ring = Math.hypot(z, (y + 0.12) * 0.9) - 0.1;
      const handle = Math.max(Math.hypot(ring, Math.abs(x) - 0.012) - 0.007, -0.13 - y);
      return smoothMin(body, handle, 0.006);
    },
    min: [-0.09, -0.45, -0.2],
    max: [0.09, 0.02, 0.2],
  },
  shoulder: {
    field: (x, y, z) =>
      roundBox(x, y, z, [0, 0, 0], [0.042, 0.1, 0.135], 0.025) + noise(x * 12, y * 12, z * 12) * 0.003,
    min: [-0.07, -0.13, -0.17],
    max: [0.07, 0.13, 0.17],
  },
};

export function bagGeometry(kind: BagKind, cell: number): BufferGeometry {
  const shape = SHAPES[kind];
  return toGeometry(polygonise(shape.field, { ...shape, cell, reach: 0.06 }));
}
