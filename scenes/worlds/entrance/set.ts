/** Builds the inside of a shop's entrance, with a street beyond the open doors. */
import type { Object3D } from 'three';
import { Group } from 'three';
import { paintedMaterial } from '../../materials/painted.ts';
import type { Rng } from '../../rng.ts';
import { addRow } from '../kit/building.ts';
import { asphalt, paving } from '../kit/ground.ts';
import { box, floor, plain } from '../kit/solids.ts';
import { addPlant, addTree } from '../kit/tree.ts';
import { DOOR } from './layout.ts';

export function buildEntrance(parent: Object3D, rng: Rng): void {
  const tiles = paintedMaterial({
    paint: /* glsl */ `
      vec2 q = p.xz / 0.6, edge = abs(fract(q) - 0.5);
      float joint = smoothstep(0.488, 0.496, max(edge.x, edge.y));
      col = vec3(0.40, 0.37, 0.33) * (0.9 + 0.2 * fbm(p * 4.0)) * (1.0 - 0.3 * joint);
      rough = 0.35;`,
    occlusion: false,
  });
  floor(parent, [-7, DOOR.z, 7, 8], 0, tiles);
  floor(parent, [-2.2 / 2, DOOR.z + 0.4, 2.2 / 2, DOOR.z + 1.7], 0.006, plain('#3b3f42', 0.95));
  const wall = plain('#a89f92', 0.9);
  const metal = plain('#5c6064', 0.4, 0.3);
  for (const side of [-1, 1]) {
    box(parent, [5, 3.4, 0.2], [side * (DOOR.half + 2.5), 1.7, DOOR.z], wall);
    box(parent, [0.08, DOOR.height, 0.12], [side * DOOR.half, DOOR.height / 2, DOOR.z + 0.06], metal);
  }
  box(parent, [2 * DOOR.half, 3.4 - DOOR.height, 0.2], [0, (3.4 + DOOR.height) / 2, DOOR.z], wall);
  box(parent, [2 * DOOR.half, 0.08, 0.14], [0, DOOR.height, DOOR.z + 0.06], metal);
  box(parent, [1.2, 1.2, 0.5], [-2.7, 0.6, -0.9], plain('#7b5b42', 0.6));
  box(parent, [0.9, 1.5, 0.4], [2.8, 0.75, -1.2], plain('#c9c2b4', 0.6));
  addPlant(parent, rng.fork('plant'), [1.95, -1.7], 0);

  // The street outside is shallow: pavement, a strip of road, the fronts across it.
  const outside = new Group();
  parent.add(outside);
  floor(
    outside,
    [-40, -6, 40, DOOR.z],
    -0.005,
    paving({ slab: [0.6, 0.3], colours: ['#a29a8f', '#b4aea4'], guides: [-4.6] }),
  );
  floor(outside, [-40, -13, 40, -6], -0.13, asphalt());
  floor(outside, [-40, -16, 40, -13], -0.005, paving({ slab: [0.6, 0.3], colours: ['#a29a8f', '#b4aea4'] }));
  addRow(outside, rng.fork('row'), [-26, 26], { facing: 1, front: -16, base: 0 });
  for (const x of [-8.5, 2.6, 9.5]) addTree(outside, rng.fork(`tree-${x}`), [x, -13.6], 0);
}
