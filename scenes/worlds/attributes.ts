/** Case 1: the entrance of a shop, seen from inside at face height; people of all ages come in. */
import type { Sex } from '../people/index.ts';
import { ENTRANCE } from './entrance/camera.ts';
import { role, visitsThrough } from './entrance/visits.ts';
import type { WorldPlan } from './plan.ts';

/** Seconds of arrival, age and sex; those close together walk side by side. */
const VISITORS: readonly (readonly [number, number, Sex])[] = [
  [-1.5, 34, 'female'],
  [0.6, 67, 'male'],
  [2.6, 8, 'male'],
  [4.4, 25, 'female'],
  [6.6, 46, 'male'],
  [8.8, 75, 'female'],
  [9.2, 6, 'female'],
  [12, 19, 'male'],
  [14.2, 41, 'female'],
  [16.4, 29, 'male'],
  [18.4, 59, 'female'],
  [20.6, 11, 'female'],
  [22.4, 80, 'male'],
  [24.8, 53, 'male'],
];

export const attributes: WorldPlan = {
  ...ENTRANCE,
  ...visitsThrough(
    VISITORS.map(([atS, age, sex], i) => ({
      atS,
      side: i % 2 ? 1 : -1,
      role: role(500 + i, sex, age),
    })),
  ),
  id: 'attributes',
  seed: 5,
  durationS: 31,
};
