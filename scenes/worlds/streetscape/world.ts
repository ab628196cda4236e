/** Case 5: a street seen from a taxi that drives through it. */
import type { Lane } from '../../simulation/traffic.ts';
import type { Flow, Waypoint } from '../../simulation/walker.ts';
import { CLEAN_SENSOR, type WorldPlan } from '../plan.ts';
import { kerb, landing } from '../street/crossing.ts';
import { BICYCLE_LANE, CAR_LANE, CROSSING, GAP, ROAD, STOP_LINE, groundAt } from '../street/layout.ts';

const FROM = -100;
const TO = 200;
const at = (x: number, z0: number, z1: number): Waypoint => ({ area: [x, z0, x, z1] });

const kerbs = [1, -1].map(
  (side) =>
    [
      [FROM, side * (ROAD + 0.4)],
      [TO, side * (ROAD + 0.4)],
    ] as const,
);

const along: Flow[] = [1, -1].flatMap((side) =>
  [1, -1].map((towards) => ({
    id: `${side > 0 ? 'near' : 'far'}-${towards > 0 ? 'east' : 'west'}`,
    perMinute: 8,
    minGapS: 1.5,
    speed: [1.1, 1.5] as const,
    route: [
      at(towards > 0 ? FROM : TO, side * 5.3, side * 6.1),
      at(towards > 0 ? TO : FROM, side * 5.3, side * 6.1),
    ],
    walls: kerbs,
  })),
);

/** People who cross before the waiting taxi. */
const over = ([1, -1] as const).map((side): Flow => ({
  id: side > 0 ? 'over' : 'back',
  perMinute: 9,
  minGapS: 1.5,
  speed: [1.2, 1.5],
  route: [
    at(CROSSING.x + side * 30, side * 5.3, side * 6),
    kerb(side),
    landing(side > 0 ? -1 : 1),
    at(CROSSING.x - side * 40, -side * 5.3, -side * 6),
  ],
}));

/** Fronts stop at the painted line. */
const stops = (towards: 1 | -1): Lane['stops'] => [
  {
    at: towards > 0 ? CROSSING.x - STOP_LINE - FROM : TO - (CROSSING.x + STOP_LINE),
    group: 'drive',
  },
];
const lane = (id: string, towards: 1 | -1, z: number, rest: Omit<Lane, 'id' | 'from' | 'to'>): Lane => ({
  id,
  from: [towards > 0 ? FROM : TO, z],
  to: [towards > 0 ? TO : FROM, z],
  stops: stops(towards) ?? [],
  ...rest,
});

/** The shapes that detectors trained on COCO agree on; they take box-shaped cars for trucks and buses. */
const cars = {
  bodies: [
    ['hatchback', 4],
    ['sedan', 5],
  ],
  speed: [8, 9.5],
  perMinute: 11,
  minGapS: 3,
} as const;
/** The fifth is the taxi with the camera: it runs up to a queue at the red light and waits in it. */
const QUEUE_S = [-13, -9.5, -6, -4.2, -2, 1.5, 5.5, 10] as const;
const oncoming = {
  ...cars,
  bodies: [
    ['hatchback', 4],
    ['sedan', 5],
    ['truck', 1],
    ['bus', 3],
  ],
} as const;
const bicycles = { bodies: [['bicycle', 1]], speed: [3.6, 4.6], perMinute: 5, minGapS: 6 } as const;

export const streetscape: WorldPlan = {
  id: 'streetscape',
  seed: 8,
  width: 960,
  height: 540,
  fps: 10,
  durationS: 26,
  detail: 'far',
  camera: { positionM: [0, 1.35, 0], targetM: [10, 1.35, 0], fovDeg: 48, k1: 0 },
  mount: { mover: 'car-e-4', heightM: 1.35, forwardM: 0.5, pitchDeg: 1.5 },
  sightM: 90,
  // Noise costs the bits of a moving picture and hides the far people; under the awnings it is dim.
  sensor: { ...CLEAN_SENSOR, noise: 1.2, exposure: 0.25 },
  onMap: { lat: 35.6612, lon: 139.6687, bearingDeg: 74 },
  // The sun stands behind the taxi and shines along the street: on both pavements, under the awnings.
  light: { weather: 'clear', azimuth: -1.57, elevation: 0.65, bounce: 1.5, focus: [18, 0, 0], reach: 30 },
  script: {
    flows: [...along, ...over],
    walls: [],
    lanes: [
      lane('car-e', 1, -CAR_LANE, { ...cars, atS: QUEUE_S }),
      lane('car-w', -1, CAR_LANE, oncoming),
      lane('bike-e', 1, -BICYCLE_LANE, bicycles),
      lane('bike-w', -1, BICYCLE_LANE, bicycles),
    ],
    signals: {
      offsetS: 17,
      phases: [
        { seconds: 20, aspects: { drive: 'green' } },
        { seconds: 2.5, aspects: { drive: 'amber' } },
        { seconds: 1, aspects: {} },
        { seconds: 4, aspects: { walk: 'green' } },
        { seconds: 1.5, aspects: {} },
      ],
    },
    crossings: [{ group: 'walk', area: [CROSSING.x - GAP, -ROAD, CROSSING.x + GAP, ROAD], needS: 3 }],
    warmUpS: 140,
  },
  lines: [],
  zones: [],
  groundAt,
  // Grey clothes before grey glass, and checks before shelves, would be invisible to detectors.
  cast: {
    'back-14': { character: 1548721664, age: 66, sex: 'female', outfit: 2 },
    'over-7': { character: 1322272978, age: 81, sex: 'female', outfit: 2 },
    'over-12': { character: 1802437947, age: 31, sex: 'female', outfit: 5 },
    'over-13': { character: 4056726856, age: 24, sex: 'male', outfit: 1 },
    'near-east-9': { character: 1988871262, age: 56, sex: 'female', outfit: 0 },
    'far-east-14': { character: 3959448248, age: 65, sex: 'male', outfit: 2 },
    'far-east-16': { character: 1078386993, age: 68, sex: 'male', outfit: 5 },
  },
};
