/** Builds the street that `layout.ts` measures. */
import type { Object3D } from 'three';
import type { Rng } from '../../rng.ts';
import { addRow } from '../kit/building.ts';
import { addKerb, addUtilityPoles, addVendingMachine } from '../kit/furniture.ts';
import type { Marking } from '../kit/ground.ts';
import { asphalt, paving } from '../kit/ground.ts';
import { PLATE, addSign, type SignMeaning } from '../kit/signs.ts';
import { addPedestrianSignal, addVehicleSignal } from '../kit/signals.ts';
import { floor, terrain } from '../kit/solids.ts';
import { addTree } from '../kit/tree.ts';
import type { PropFacts } from '../../truth/assemble.ts';
import type { BuiltSet, Prop } from '../built-set.ts';
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

type Span = readonly [number, number];

function markings(built: Span): Marking[] {
  const { x, half } = CROSSING;
  const stripes: Marking[] = [];
  for (let z = -ROAD + 0.55; z < ROAD - 0.4; z += 0.9)
    stripes.push({ area: [x - half, z, x + half, z + 0.45], colour: 'white' });
  const free = half + 1;
  return [
    ...stripes,
    // Middle line, broken; lines between car and bicycle lanes.
    {
      area: [built[0], -0.06, x - free, 0.06],
      colour: 'white',
      dashes: { period: 6, length: 3 },
    },
    { area: [x + free, -0.06, built[1], 0.06], colour: 'white', dashes: { period: 6, length: 3 } },
    ...[1, -1].flatMap((side): Marking[] => {
      const z = side * 2.8;
      const line: Marking[] = [
        [built[0], x - free],
        [x + free, built[1]],
      ].map(([x0, x1]) => ({ area: [x0!, z - 0.06, x1!, z + 0.06], colour: 'white' }));
      const arrows: Marking[] = [
        [built[0], x - half - 3],
        [x + half + 3, built[1]],
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

function addPavements(parent: Object3D, [x0, x1]: Span, nearEdge: number): void {
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
    const outer = side > 0 ? nearEdge : FAR_EDGE;
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
  /** The part that is built, along x. */
  from: number;
  to: number;
  /** Whether road signs stand along it, for drivers on the far side. */
  signs: boolean;
}

/** Signs for drivers towards +x, on their left; positions in metres along x. */
const SIGN_PLACES: readonly (readonly [number, SignMeaning])[] = [
  [-62, 'speed-40'],
  [-34, 'no-parking'],
  [-16, 'crossing'],
  [22, 'stop'],
  [46, 'no-parking'],
  [70, 'speed-40'],
  [92, 'no-entry'],
  [118, 'stop'],
];

function addSigns(parent: Object3D): Prop[] {
  return SIGN_PLACES.map(([x, meaning], i) => {
    const z = -ROAD - 0.55;
    return {
      id: `sign-${i}`,
      object: addSign(parent, meaning, [x, z], KERB, -Math.PI / 2),
      facts: { kind: 'sign', meaning, sizeM: [PLATE, PLATE, 0.05], floor: [x, z], headingDeg: 270 },
    };
  });
}

/** Adds the street; only its lights move. */
export function buildStreet(
  parent: Object3D,
  rng: Rng,
  { bothSides, from, to, signs }: StreetOptions,
): BuiltSet {
  const nearEdge = bothSides ? -FAR_EDGE : NEAR_EDGE;
  const row: Span = [from * 0.7, to * 0.7];
  floor(parent, [from, -ROAD, to, ROAD], 0, asphalt(markings([from, to])));
  floor(parent, [from, FAR_EDGE - 30, to, FAR_EDGE], -0.02, asphalt());
  addPavements(parent, [from, to], nearEdge);
  addRow(parent, rng.fork('far-row'), row, { facing: 1, front: FAR_EDGE, base: KERB });
  if (bothSides) addRow(parent, rng.fork('near-row'), row, { facing: -1, front: nearEdge, base: KERB });
  const trees = rng.fork('trees');
  for (let x = from * 0.55; x < to * 0.6; x += trees.range(6.5, 9)) {
    if (Math.abs(x - CROSSING.x) < 3.4) continue;
    addTree(parent, trees, [x, -ROAD - 0.85], KERB, bothSides ? 900 : undefined);
  }
  const poles: [number, number][] = [];
  for (let x = -38; x < to; x += 25.4) poles.push([x, FAR_EDGE + 0.55]);
  addUtilityPoles(parent, poles);
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
  // The signal that faces drivers towards +x.
  const facts: PropFacts = {
    kind: 'signal',
    meaning: 'traffic-light',
    sizeM: [1.25, 0.45, 0.4],
    floor: [x + STOP_LINE - 1, -ROAD - 0.45],
    headingDeg: 270,
  };
  const signal: Prop = { id: 'signal-0', object: vehicle[1]!.head, facts };
  return {
    update(simulation) {
      for (const head of vehicle) head.show(simulation.aspect('drive'));
      for (const head of walk) head.show(simulation.aspect('walk'));
      facts.aspect = simulation.aspect('drive');
    },
    props: signs ? [...addSigns(parent), signal] : [],
  };
}
