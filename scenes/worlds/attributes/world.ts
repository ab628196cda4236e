/** Case 1: the entrance of a shop, seen from inside at face height; people of all ages come in. */
import type { Sex } from '../../people/index.ts';
import { ENTRANCE } from '../entrance/camera.ts';
import { role, visitsThrough } from '../entrance/visits.ts';
import type { WorldPlan } from '../plan.ts';

/** Seconds of arrival, age, sex and character; visitors with close times walk side by side. */
const VISITORS: readonly (readonly [number, number, Sex, number])[] = [
  [-1.5, 34, 'female', 714],
  [0.6, 67, 'male', 627],
  [2.6, 8, 'male', 528],
  [4.4, 25, 'female', 585],
  [6.6, 46, 'male', 606],
  [8.8, 75, 'female', 615],
  [9.2, 6, 'female', 566],
  [12, 19, 'male', 579],
  [14.2, 41, 'female', 601],
  [16.4, 29, 'male', 569],
  [18.4, 59, 'female', 679],
  [20.6, 11, 'female', 771],
  [22.4, 80, 'male', 760],
  [24.8, 53, 'male', 713],
];

export const attributes: WorldPlan = {
  ...ENTRANCE,
  ...visitsThrough(
    VISITORS.map(([atS, age, sex, character], i) => ({
      atS,
      side: i % 2 ? 1 : -1,
      role: role(character, sex, age),
    })),
  ),
  id: 'attributes',
  seed: 5,
  durationS: 31,
};
