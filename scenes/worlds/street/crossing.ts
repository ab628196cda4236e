/** Routes over the zebra crossing, for the scripts of the street's worlds. */
import type { Waypoint } from '../../simulation/walker.ts';
import { CROSSING, ROAD } from './layout.ts';

const WIDE = CROSSING.half * 0.75;

/** Waits at the kerb for the green figure; +1 is the near side. */
export const kerb = (side: 1 | -1): Waypoint => ({
  area: [CROSSING.x - WIDE, side * (ROAD + 0.75), CROSSING.x + WIDE, side * (ROAD + 1.1)],
  waitFor: 'walk',
});

export const landing = (side: 1 | -1): Waypoint => ({
  area: [CROSSING.x - WIDE, side * (ROAD + 0.6), CROSSING.x + WIDE, side * (ROAD + 0.6)],
});
