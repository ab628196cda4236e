/** The camera, lens and light of the entrance, which cases 1 and 3 share. */
import { CLEAN_SENSOR, type WorldPlan } from '../plan.ts';

export const ENTRANCE: Omit<WorldPlan, 'id' | 'seed' | 'durationS' | 'script'> = {
  width: 960,
  height: 540,
  fps: 10,
  detail: 'near',
  camera: { positionM: [0, 1.72, 4.5], targetM: [0, 1.33, -0.6], fovDeg: 23, k1: 0 },
  sensor: { ...CLEAN_SENSOR, noise: 2.2, exposure: 0.15 },
  light: {
    weather: 'indoor',
    azimuth: 0.35,
    elevation: 0.62,
    bounce: 1.5,
    focus: [0, 1, 0.5],
    reach: 4,
    window: true,
  },
  lines: [],
  zones: [],
};
