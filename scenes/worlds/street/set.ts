/** Builds the street that `layout.ts` measures. */
import type { Object3D } from 'three';
import type { Rng } from '../../rng.ts';
import type { Simulation } from '../../simulation/simulation.ts';
import { addRow } from '../kit/building.ts';
import { addKerb, addUtilityPoles, addVendingMachine } from '../kit/furniture.ts';
import type { Marking } from '../kit/ground.ts';
import { asphalt, paving } from '../kit/ground.ts';
import { addPedestrianSignal, addVehicleSignal } from '../kit/signals.ts';
import { floor, terrain } from '../kit/solids.ts';
import { addTree } from '../kit/tree.ts';
import {
  BICYCLE_LANE,
  CROSSING,
  FAR_EDGE,
  GAP,
  KERB,
  NEAR_EDGE,
  ROAD,
  STOP_LINE,
  groundAt,
} from './layout.ts';

/** The part of the street that is built, along x. */
const BUILT: readonly [number, number] = [-60, 60];

function markings(): Marking[] {
  const { x, half } = CROSSING;
  const stripes: Marking[] = [];
  for (let z = -ROAD + 0.55; z < ROAD - 0.4; z += 0.9)
    stripes.push({ area: [x - half, z, x + half, z + 0.45], colour: 'white' });
  const free = half + 1;
  return [
    ...stripes,
    // Middle line, broken; lines between car and bicycle lanes.
    {
      area: [BUILT[0], -0.06, x - free, 0.06],
      colour: 'white',
      dashes: { period: 6, length: 3 },
    },
    { area: [x + free, -0.06, BUILT[1], 0.06], colour: 'white', dashes: { period: 6, length: 3 } },
    ...[1, -1].flatMap((side): Marking[] => {
      const z = side * 2.8;
      const line: Marking[] = [
        [BUILT[0], x - free],
        [x + free, BUILT[1]],
      ].map(([x0, x1]) => ({ area: [x0!, z - 0.06, x1!, z + 0.06], colour: 'white' }));
      const arrows: Marking[] = [
        [BUILT[0], x - half - 3],
        [x + half + 3, BUILT[1]],
      ].map(([x0, x1]) => ({
        area: [x0!, side * BICYCLE_LANE - 0.375, x1!, side * BICYCLE_LANE + 0.375],
        colour: 'blue',
        chevrons: { period: 2.6, towards: side < 0 ? 1 : -1 },
      }));
      return [...line, ...arrows];
    }),
    { area: [x + STOP_LINE - 0.45, 0.1, x + STOP_LINE, ROAD - 0.1], colour: 'white' },
    { area: [x - STOP_LINE, -ROAD + 0.1, x - STOP_LINE + 0.45, -0.1], colour: 'white' },
  ];
}

function addPavements(parent: Object3D): void {
  const [x0, x1] = BUILT;
  const { x } = CROSSING;
  const slabs = paving({
    slab: [0.6, 0.3],
    colours: ['#a29a8f', '#b4aea4'],
    guides: [7.3, -6.2],
    dots: [1, -1].map((side) => {
      const z = side * (ROAD + 0.5);
      return [x - CROSSING.half, Math.min(z, z + side * 0.6), x + CROSSING.half, Math.max(z, z + side * 0.6)];
    }),
  });
  for (const side of [1, -1]) {
    const outer = side > 0 ? NEAR_EDGE : FAR_EDGE;
    const inner = side * ROAD;
    const sloped = side * (ROAD + 1.5);
    const strip = (from: number, to: number, z0: number, z1: number): void => {
      floor(parent, [from, Math.min(z0, z1), to, Math.max(z0, z1)], KERB, slabs);
    };
    strip(x0, x - 3, inner, sloped);
    strip(x + 3, x1, inner, sloped);
    strip(x0, x1, sloped, outer);
    terrain(parent, [x - 3, Math.min(inner, sloped), x + 3, Math.max(inner, sloped)], 0.15, groundAt, slabs);
    addKerb(parent, [x0, x - GAP - 0.4], side * (ROAD + 0.07), KERB + 0.015);
    addKerb(parent, [x + GAP + 0.4, x1], side * (ROAD + 0.07), KERB + 0.015);
    addKerb(parent, [x - GAP - 0.4, x + GAP + 0.4], side * (ROAD + 0.07), 0.018);
  }
}

export interface StreetOptions {
  /** Whether buildings also stand on the near side (where the camera of case 4 hangs). */
  bothSides: boolean;
}

/** @returns what must be kept up to date while the world runs */
export function buildStreet(
  parent: Object3D,
  rng: Rng,
  { bothSides }: StreetOptions,
): (simulation: Simulation) => void {
  const [x0, x1] = BUILT;
  floor(parent, [x0, -ROAD, x1, ROAD], 0, asphalt(markings()));
  floor(parent, [x0, FAR_EDGE - 30, x1, FAR_EDGE], -0.02, asphalt());
  addPavements(parent);
  addRow(parent, rng.fork('far-row'), [-42, 42], { facing: 1, front: FAR_EDGE, base: KERB });
  if (bothSides) addRow(parent, rng.fork('near-row'), [-42, 42], { facing: -1, front: 8.4, base: KERB });
  const trees = rng.fork('trees');
  for (let x = -33; x < 36; x += trees.range(6.5, 9)) {
    if (Math.abs(x - CROSSING.x) < 3.4) continue;
    addTree(parent, trees, [x, -ROAD - 0.85], KERB);
  }
  addUtilityPoles(
    parent,
    [-38, -12, 12.5, 38].map((x) => [x, FAR_EDGE + 0.55] as const),
  );
  addVendingMachine(parent, [6.4, FAR_EDGE + 0.45], KERB, 0, '#b3262b');
  const { x } = CROSSING;
  const vehicle = [
    addVehicleSignal(parent, [x - STOP_LINE + 1, ROAD + 0.45], Math.PI / 2, 3),
    addVehicleSignal(parent, [x + STOP_LINE - 1, -ROAD - 0.45], -Math.PI / 2, 3),
  ];
  const walk = [
    addPedestrianSignal(parent, [x + GAP, -ROAD - 0.45], 0),
    addPedestrianSignal(parent, [x - GAP, ROAD + 0.45], Math.PI),
  ];
  return (simulation) => {
    for (const signal of vehicle) signal.show(simulation.aspect('drive'));
    for (const signal of walk) signal.show(simulation.aspect('walk'));
  };
}
