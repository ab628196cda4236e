/** Case 6: the ticket gates of a station, seen from under the ceiling of the concourse. */
import type { Flow, Wall, Waypoint } from '../../simulation/walker.ts';
import type { Point } from '../../simulation/movers.ts';
import { CLEAN_SENSOR, type WorldPlan } from '../plan.ts';
import { COLUMNS, GATE, PASSAGES, cabinetX, passageX } from './layout.ts';

const at = (x0: number, z0: number, x1 = x0, z1 = z0): Waypoint => ({ area: [x0, z0, x1, z1] });

/** Start or end of the path through each passage, behind the camera: streams that do not cross occlude fewer people. */
const BESIDE = [-10, -6, -2, 2, 6, 10] as const;

/** Towards the trains through passages 0 to 2, out of them through 3 to 5; a train arrives every now and then. */
const throughGates = Array.from({ length: PASSAGES }, (_, i): Flow => {
  const x = passageX(i);
  const inner = GATE.z - GATE.length / 2;
  const outer = GATE.z + GATE.length / 2;
  const side = i % 2 ? 1 : -1;
  const concourse = at(BESIDE[i]! - 1.5, 14, BESIDE[i]! + 1.5, 14);
  if (i < PASSAGES / 2)
    return {
      id: `in-${i}`,
      perMinute: 6,
      minGapS: 2,
      speed: [1, 1.4],
      route: [
        concourse,
        { ...at(x, outer + 0.7), exclusive: `gate-${i}` },
        at(x, inner - 0.4),
        at(side * 26, -14, side * 26, -12.8),
      ],
    };
  return {
    id: `out-${i}`,
    perMinute: 5,
    minGapS: 2,
    surges: [{ fromS: 6, toS: 24, factor: 3 }],
    speed: [1.1, 1.5],
    route: [
      at(side * 26, -14, side * 26, -12.8),
      { ...at(x, inner - 0.7), exclusive: `gate-${i}` },
      at(x, outer + 0.4),
      concourse,
    ],
  };
});

/** People who only pass through the concourse. */
const across: Flow[] = [1, -1].map((side) => ({
  id: side > 0 ? 'left' : 'right',
  perMinute: 7,
  minGapS: 1.5,
  speed: [1, 1.4],
  route: [at(side * 26, -5.5, side * 26, 1.5), at(-side * 26, -5.5, -side * 26, 1.5)],
}));

/** People who wait: near the columns, beside the guide path, at the notice boards. */
const PLACES: readonly (readonly [x: number, z: number, facing: number])[] = [
  [-8.6, 1.7, 1.2],
  [-8.4, -5.2, 0.9],
  [8.3, -5.4, -0.9],
  [4.5, 0.6, -2.4],
  [-5.4, -1.5, 0.6],
  [4.4, -5.2, -0.5],
  [-6.3, -1.1, 1.9],
  [7.6, -2.3, -1.2],
];
const waiting = PLACES.map(([x, z, facing], i): Flow => {
  const side = x > 0 ? 1 : -1;
  return {
    id: `wait-${i}`,
    perMinute: 0,
    minGapS: 0,
    atS: [-40 + i * 4.5],
    speed: [1, 1.3],
    route: [
      at(side * 20, z + 1.5, side * 20, z + 2.5),
      { ...at(x, z, x + 0.6, z + 0.4), dwellS: [22 + (i % 3) * 11, 30 + (i % 3) * 11], facing },
      at(side * 5 - 2, 14, side * 5 + 2, 14),
    ],
  };
});

const cross = ([x, z]: Point, r: number): Wall[] => [
  [
    [x - r, z],
    [x + r, z],
  ],
  [
    [x, z - r],
    [x, z + r],
  ],
];
const cabinets = Array.from({ length: PASSAGES + 1 }, (_, i): Wall => [
  [cabinetX(i), GATE.z - GATE.length / 2],
  [cabinetX(i), GATE.z + GATE.length / 2],
]);
const fences: Wall[] = [
  [
    [-26, GATE.z],
    [cabinetX(0), GATE.z],
  ],
  [
    [cabinetX(PASSAGES), GATE.z],
    [26, GATE.z],
  ],
];

export const crowding: WorldPlan = {
  id: 'crowding',
  seed: 6,
  width: 960,
  height: 540,
  fps: 10,
  durationS: 30,
  detail: 'middle',
  camera: { positionM: [0.6, 3.9, 8.9], targetM: [-0.1, 0.55, -1.9], fovDeg: 43, k1: 0 },
  sensor: { ...CLEAN_SENSOR, noise: 1.8 },
  light: {
    weather: 'indoor',
    azimuth: 0.2,
    elevation: 1.25,
    focus: [0, 0, -2],
    reach: 15,
  },
  background: true,
  script: {
    flows: [...throughGates, ...across, ...waiting],
    walls: [...cabinets, ...fences, ...COLUMNS.flatMap((column) => cross(column, 0.3))],
    lanes: [],
    warmUpS: 60,
  },
  lines: [],
  zones: [
    {
      id: 'concourse',
      corners: [
        [-9, 5],
        [9, 5],
        [9, -7.6],
        [-9, -7.6],
      ],
    },
  ],
  calibration: [
    [-3, 2],
    [3, 2],
    [3, -6],
    [-3, -6],
  ],
  // Pale clothes on a pale floor would be invisible to detectors.
  cast: {
    'wait-6-0': { character: 2466664517, age: 68, sex: 'female', outfit: 2 },
  },
};
