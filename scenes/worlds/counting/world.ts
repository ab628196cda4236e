/** Case 4: a street with a zebra crossing, seen from six metres, from the first floor of a house across a forecourt. */
import type { Flow, Wall, Waypoint } from '../../simulation/walker.ts';
import type { Lane } from '../../simulation/traffic.ts';
import { CLEAN_SENSOR, type WorldPlan } from '../plan.ts';
import { kerb, landing } from '../street/crossing.ts';
import { BICYCLE_LANE, CAR_LANE, CROSSING, GAP, ROAD, FAR_EDGE, groundAt } from '../street/layout.ts';

/** People and vehicles enter and leave well outside the picture. */
const END = 26;
/** The counting line crosses the whole street here. */
const LINE = -0.2;

/**
 * Distance of waiting fronts from the middle of the crossing: out of the picture, so that no vehicle stands on the
 * line.
 */
const WAIT = 13.5;

const along = (z0: number, z1: number, x: number): Waypoint => ({ area: [x, z0, x, z1] });
/** People who do not cross keep out of the gap in the kerb. */
const nearKerb: Wall = [
  [-END, ROAD + 0.4],
  [END, ROAD + 0.4],
];
const farKerb: Wall = [
  [-END, -ROAD - 0.4],
  [END, -ROAD - 0.4],
];

const flows: Flow[] = [
  {
    id: 'east',
    perMinute: 2,
    minGapS: 3,
    speed: [1.1, 1.5],
    route: [along(5.1, 5.7, -END), along(5.1, 5.7, END)],
    walls: [nearKerb],
  },
  {
    id: 'west',
    perMinute: 4,
    minGapS: 3,
    speed: [1.1, 1.5],
    route: [along(5.1, 5.7, END), along(5.1, 5.7, -END)],
    walls: [nearKerb],
  },
  {
    id: 'over',
    perMinute: 6,
    minGapS: 2,
    speed: [1.2, 1.5],
    route: [along(5.1, 5.7, END), kerb(1), landing(-1), along(-6, -5.1, -END)],
  },
  {
    id: 'back',
    perMinute: 6,
    minGapS: 2,
    speed: [1.2, 1.5],
    route: [along(-6, -5.1, -END), kerb(-1), landing(1), along(5.1, 5.7, END)],
  },
  {
    id: 'far',
    perMinute: 1.5,
    minGapS: 4,
    speed: [1.1, 1.4],
    route: [along(-6.1, -5.1, END), along(-6.1, -5.1, -END)],
    walls: [farKerb],
  },
];

/** Detectors trained on COCO take Japanese box-shaped cars for trucks: a sample has the shapes they agree on. */
const CARS = [
  ['hatchback', 1],
  ['sedan', 4],
] as const;
const LENGTH = 2 * 45;

const lanes: Lane[] = [
  {
    id: 'car-e',
    from: [-45, -CAR_LANE],
    to: [45, -CAR_LANE],
    bodies: CARS,
    speed: [5.5, 7.5],
    perMinute: 10,
    minGapS: 2.5,
    stops: [{ at: 45 + CROSSING.x - WAIT, group: 'drive' }],
  },
  {
    id: 'car-w',
    from: [45, CAR_LANE],
    to: [-45, CAR_LANE],
    bodies: CARS,
    speed: [5.5, 7.5],
    perMinute: 10,
    minGapS: 2.5,
    stops: [{ at: LENGTH - (45 + CROSSING.x + WAIT), group: 'drive' }],
  },
  {
    id: 'bike-e',
    from: [-45, -BICYCLE_LANE],
    to: [45, -BICYCLE_LANE],
    bodies: [['bicycle', 1]],
    speed: [3.4, 4.4],
    perMinute: 12,
    minGapS: 2.2,
    stops: [{ at: 45 + CROSSING.x - WAIT, group: 'drive' }],
  },
  {
    id: 'bike-w',
    from: [45, BICYCLE_LANE],
    to: [-45, BICYCLE_LANE],
    bodies: [['bicycle', 1]],
    speed: [3.4, 4.4],
    perMinute: 16,
    minGapS: 2.2,
    stops: [{ at: LENGTH - (45 + CROSSING.x + WAIT), group: 'drive' }],
  },
];

/** People keep off the kerb, but for the crossing. */
const walls = [1, -1].flatMap((side) => [
  [
    [-END, side * (ROAD + 0.4)],
    [CROSSING.x - GAP, side * (ROAD + 0.4)],
  ] as const,
  [
    [CROSSING.x + GAP, side * (ROAD + 0.4)],
    [END, side * (ROAD + 0.4)],
  ] as const,
]);

export const counting: WorldPlan = {
  id: 'counting',
  seed: 91,
  width: 960,
  height: 540,
  fps: 12,
  durationS: 24,
  detail: 'middle',
  camera: { positionM: [2.6, 6, 17], targetM: [1, 0.7, 0.3], fovDeg: 21, k1: 0 },
  sensor: CLEAN_SENSOR,
  light: { weather: 'clear', azimuth: 0.75, elevation: 0.9, focus: [0, 0, 0.5], reach: 15 },
  script: {
    flows,
    walls: [
      ...walls,
      [
        [-END, FAR_EDGE + 0.3],
        [END, FAR_EDGE + 0.3],
      ] as const,
    ],
    lanes,
    signals: {
      offsetS: 2,
      phases: [
        { seconds: 8, aspects: { walk: 'green' } },
        { seconds: 1.5, aspects: {} },
        { seconds: 10.5, aspects: { drive: 'green' } },
        { seconds: 2, aspects: { drive: 'amber' } },
        { seconds: 2, aspects: {} },
      ],
    },
    crossings: [
      {
        group: 'walk',
        area: [CROSSING.x - GAP, -ROAD, CROSSING.x + GAP, ROAD],
        needS: 4,
      },
    ],
    warmUpS: 50,
  },
  // Beyond the far pavement, so that the middle of a box crosses it as surely as the feet do.
  lines: [{ id: 'street', from: [LINE, 10], to: [LINE, -14] }],
  zones: [
    {
      id: 'crossing',
      corners: [
        [CROSSING.x - CROSSING.half, ROAD],
        [CROSSING.x + CROSSING.half, ROAD],
        [CROSSING.x + CROSSING.half, -ROAD],
        [CROSSING.x - CROSSING.half, -ROAD],
      ],
    },
  ],
  calibration: [
    [-1.5, ROAD],
    [4.5, ROAD],
    [4.5, -ROAD],
    [-1.5, -ROAD],
  ],
  groundAt,
  casting: {
    'bike-e': { age: [16, 65], bag: false, trousers: true },
    'bike-w': { age: [16, 65], bag: false, trousers: true },
  },
};
