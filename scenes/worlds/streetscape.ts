/** Case 5: a street seen from a taxi that drives through it. */
import type { Lane } from '../simulation/traffic.ts';
import type { Flow, Waypoint } from '../simulation/walker.ts';
import { CLEAN_SENSOR, type WorldPlan } from './plan.ts';
import { BICYCLE_LANE, CAR_LANE, CROSSING, ROAD, STOP_LINE, groundAt } from './street/layout.ts';

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

const flows: Flow[] = [1, -1].flatMap((side) =>
  [1, -1].map((towards) => ({
    id: `${side > 0 ? 'near' : 'far'}-${towards > 0 ? 'east' : 'west'}`,
    perMinute: 9,
    minGapS: 1.5,
    speed: [1.1, 1.5] as const,
    route: [
      at(towards > 0 ? FROM : TO, side * 4.9, side * 6.2),
      at(towards > 0 ? TO : FROM, side * 4.9, side * 6.2),
    ],
    walls: kerbs,
  })),
);

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

const cars = {
  bodies: [
    ['hatchback', 5],
    ['sedan', 4],
    ['van', 1],
    ['kei', 1],
  ],
  speed: [7, 9],
  perMinute: 11,
  minGapS: 3,
} as const;
const bicycles = { bodies: [['bicycle', 1]], speed: [3.6, 4.6], perMinute: 5, minGapS: 6 } as const;

export const streetscape: WorldPlan = {
  id: 'streetscape',
  seed: 8,
  width: 960,
  height: 540,
  fps: 15,
  durationS: 20,
  detail: 'far',
  camera: { positionM: [0, 1.35, 0], targetM: [10, 1.35, 0], fovDeg: 48, k1: 0 },
  mount: { mover: 'car-e-16', heightM: 1.35, forwardM: 0.5, pitchDeg: 1.5 },
  sensor: { ...CLEAN_SENSOR, shutter: 0.25, shutterSamples: 6 },
  light: { weather: 'clear', azimuth: -0.9, elevation: 0.85, focus: [18, 0, 0], reach: 30 },
  script: {
    flows,
    walls: [],
    lanes: [
      lane('car-e', 1, -CAR_LANE, cars),
      lane('car-w', -1, CAR_LANE, cars),
      lane('bike-e', 1, -BICYCLE_LANE, bicycles),
      lane('bike-w', -1, BICYCLE_LANE, bicycles),
    ],
    signals: {
      offsetS: 0,
      phases: [
        { seconds: 6, aspects: { walk: 'green' } },
        { seconds: 19, aspects: { drive: 'green' } },
        { seconds: 3, aspects: { drive: 'amber' } },
        { seconds: 2, aspects: {} },
      ],
    },
    warmUpS: 140,
  },
  lines: [],
  zones: [],
  groundAt,
};
