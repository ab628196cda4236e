/** Case 2: a small shop, seen from above the entrance; visitors walk, look at shelves, pay. */
import type { Flow, Wall, Waypoint } from '../../simulation/walker.ts';
import { CLEAN_SENSOR, type WorldPlan } from '../plan.ts';
import type { Furniture } from './layout.ts';
import { COUNTER, ISLAND, SHELVES } from './layout.ts';

const at = (x0: number, z0: number, x1 = x0, z1 = z0): Waypoint => ({ area: [x0, z0, x1, z1] });
const look = (x: number, z: number, facing: number, min: number, max: number): Waypoint => ({
  ...at(x, z, x + 0.5, z + 0.4),
  dwellS: [min, max],
  facing,
});

const EAST = Math.PI / 2;
const NORTH = Math.PI;
const door = at(-1, 9.5, 1, 9.5);
const inside = at(-0.8, 5, 0.8, 5);
/** The next in line waits here until the till is free. */
const queue: Waypoint = { ...at(2.1, 4.3, 2.7, 4.8), exclusive: 'till' };
const pay: readonly Waypoint[] = [at(2.3, 1.4), queue, look(3.7, 3.95, NORTH, 5, 9)];

const visit = (id: string, perMinute: number, stops: readonly Waypoint[]): Flow => ({
  id,
  perMinute,
  minGapS: 4,
  speed: [0.75, 1.1],
  route: [door, inside, ...stops, inside, door],
});

const flows: Flow[] = [
  visit('food', 4, [
    at(-3.9, 1),
    look(-3.9, -2.2, EAST, 4, 12),
    look(-3.6, -4.7, NORTH, 3, 8),
    at(-1.3, -0.3),
    ...pay,
  ]),
  visit('drinks', 4, [
    at(1.3, 0),
    look(1.2, -2.7, EAST, 3, 10),
    look(0.6, -4.7, NORTH, 4, 12),
    at(2.2, -0.1),
    ...pay,
  ]),
  visit('offer', 3, [look(-3.8, 3.5, NORTH, 5, 15), at(-1.3, 0), look(-1.4, -2.3, -EAST, 3, 8)]),
  visit('passing', 2, [at(3.8, 0.5), look(3.9, -2.3, EAST, 2, 5), at(1.3, 0)]),
  {
    id: 'clerk',
    perMinute: 0,
    minGapS: 0,
    atS: [-89],
    speed: [1, 1],
    route: [at(4.6, 1.6), { ...at(4.4, 2.3), dwellS: [1000, 1000], facing: 0 }, at(4.6, 1.6)],
  },
];

const outline = ({ x, z, width, depth }: Furniture): Wall[] => {
  const [x0, x1, z0, z1] = [x - width / 2, x + width / 2, z - depth / 2, z + depth / 2];
  return [
    [
      [x0, z0],
      [x1, z0],
    ],
    [
      [x1, z0],
      [x1, z1],
    ],
    [
      [x1, z1],
      [x0, z1],
    ],
    [
      [x0, z1],
      [x0, z0],
    ],
  ];
};

export const trajectories: WorldPlan = {
  id: 'trajectories',
  seed: 3,
  width: 960,
  height: 540,
  fps: 12,
  durationS: 30,
  detail: 'middle',
  camera: { positionM: [0, 3.05, 8.4], targetM: [0.35, 0.3, 0.6], fovDeg: 53, k1: 0 },
  sensor: { ...CLEAN_SENSOR, noise: 2.6 },
  light: { weather: 'indoor', azimuth: 0.2, elevation: 1.25, focus: [0, 0, 0], reach: 10 },
  script: {
    flows,
    walls: [...SHELVES, COUNTER, ISLAND].flatMap(outline),
    lanes: [],
    warmUpS: 90,
  },
  lines: [],
  zones: [
    {
      id: 'entrance',
      role: 'entrance',
      corners: [
        [-1.8, 5.2],
        [1.8, 5.2],
        [1.8, 3.2],
        [-1.8, 3.2],
      ],
    },
    {
      id: 'food',
      role: 'shelf',
      corners: [
        [-5.2, -1.1],
        [-3.05, -1.1],
        [-3.05, -3.7],
        [-5.2, -3.7],
      ],
    },
    {
      id: 'drinks',
      role: 'shelf',
      corners: [
        [0.45, -1.1],
        [2.15, -1.1],
        [2.15, -3.7],
        [0.45, -3.7],
      ],
    },
    {
      id: 'offer',
      role: 'shelf',
      corners: [
        [-5, 4.2],
        [-2.4, 4.2],
        [-2.4, 1.2],
        [-5, 1.2],
      ],
    },
    {
      id: 'till',
      role: 'till',
      corners: [
        [3.1, 4.8],
        [5.4, 4.8],
        [5.4, 3.4],
        [3.1, 3.4],
      ],
    },
  ],
  // Pale and grey clothes far back, before pale goods, would be invisible to detectors.
  cast: {
    'drinks-3': { character: 3827127721, age: 32, sex: 'female', outfit: 14 },
    'drinks-4': { character: 117153606, age: 58, sex: 'male', outfit: 3 },
    'offer-4': { character: 3764032171, age: 18, sex: 'female', outfit: 5 },
  },
  calibration: [
    [-2.4, 3],
    [2.4, 3],
    [2.4, -1],
    [-2.4, -1],
  ],
};
