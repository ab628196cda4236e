/** How everyone moves in a clip: what the parts of the truth are derived from. */
import type { Mover } from '../simulation/movers.ts';
import type { Path } from './crossings.ts';

/** Where everyone is in every frame, as the camera sees it. */
export interface Motion {
  readonly frames: readonly ReadonlyMap<string, Mover>[];
  readonly paths: readonly Path[];
}

/** A number of seconds or metres to three places after the point, as the truth's files have them. */
export const milli = (x: number): number => Math.round(x * 1000) / 1000;
