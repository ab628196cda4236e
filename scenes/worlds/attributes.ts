/** Cases 1 and 3: the entrance of a shop, seen from inside at face height; visitors come in one by one. */
import type { Flow } from '../simulation/walker.ts';
import { CLEAN_SENSOR, type WorldPlan } from './plan.ts';
import { DOOR } from './entrance/layout.ts';

const enter = (id: string, side: 1 | -1): Flow => ({
  id,
  perMinute: 9,
  minGapS: 3,
  speed: [0.85, 1.1],
  route: [
    { area: [side * 5, DOOR.z - 1.8, side * 5, DOOR.z - 1.4] },
    { area: [-0.5, DOOR.z - 0.6, 0.5, DOOR.z - 0.6] },
    { area: [-0.45, 0, 0.45, 0] },
    { area: [-0.6, 2, 0.6, 2] },
    { area: [side * 2.8, 5, side * 3, 5] },
  ],
});

export const attributes: WorldPlan = {
  id: 'attributes',
  seed: 5,
  width: 960,
  height: 540,
  fps: 15,
  durationS: 30,
  detail: 'near',
  camera: { positionM: [0, 1.95, 4.4], targetM: [0, 1.38, -0.6], fovDeg: 30, k1: 0 },
  sensor: { ...CLEAN_SENSOR, noise: 2.4 },
  light: {
    weather: 'indoor',
    azimuth: 0.35,
    elevation: 0.95,
    focus: [0, 1, 0.5],
    reach: 4,
    window: true,
  },
  script: {
    flows: [enter('left', -1), enter('right', 1)],
    walls: [-1, 1].map((side) => [
      [side * DOOR.half, DOOR.z],
      [side * 6, DOOR.z],
    ]),
    lanes: [],
    warmUpS: 30,
  },
  lines: [],
  zones: [],
};
