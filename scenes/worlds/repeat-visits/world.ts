/**
 * Case 3: the same entrance on four days. Ten people come, five of them on several days, each time in other clothes
 * but with the same face.
 */
import type { Sex } from '../../people/index.ts';
import { ENTRANCE } from '../entrance/camera.ts';
import { role, visitsThrough } from '../entrance/visits.ts';
import type { PlanDay, WorldPlan } from '../plan.ts';

const DAY_S = 9.6;

const PEOPLE: Readonly<Record<string, readonly [character: number, sex: Sex, age: number]>> = {
  a: [571, 'female', 31],
  b: [701, 'male', 44],
  c: [742, 'female', 62],
  d: [703, 'male', 26],
  e: [641, 'female', 21],
  f: [705, 'male', 71],
  g: [807, 'female', 48],
  h: [707, 'male', 35],
  i: [821, 'male', 57],
  j: [598, 'female', 38],
};

/** Visitors by day, in order. */
const DAYS = ['abcd', 'eafc', 'gbha', 'idje'] as const;
/** Seconds into the day; the first visitor is still hidden beside the door at its beginning. */
const ARRIVALS = [-0.75, 0.25, 1.25, 2.2] as const;

const days: PlanDay[] = [
  { fromS: 0, exposure: 0, tint: [1, 1, 1] },
  { fromS: DAY_S, exposure: -0.14, tint: [0.95, 1, 1.07] },
  { fromS: 2 * DAY_S, exposure: 0.12, tint: [1.06, 1, 0.93] },
  { fromS: 3 * DAY_S, exposure: -0.1, tint: [1.02, 1, 0.98] },
];

export const repeatVisits: WorldPlan = {
  ...ENTRANCE,
  ...visitsThrough(
    DAYS.flatMap((who, day) =>
      [...who].map((name, i) => ({
        atS: day * DAY_S + ARRIVALS[i]!,
        side: i % 2 ? (1 as const) : (-1 as const),
        role: role(...PEOPLE[name]!, day * 1000 + i),
      })),
    ),
  ),
  id: 'repeat-visits',
  seed: 6,
  durationS: DAYS.length * DAY_S,
  days,
};
