/** Options shared by line counting and zone counting. */
import { requireFromZero } from '../../../vision/geometry/checks.ts';
import type { PictureSize } from '../../../vision/tracking/track.ts';

export interface CounterOptions {
  readonly picture: PictureSize;
  /** The point of an object that counts: the middle of its box, or the middle of the lower edge. */
  readonly anchor?: 'centre' | 'ground';
  /** Half the width of the dead band at a border, as a share of the object's size (root of its area). */
  readonly deadBand?: number;
  /** Time for which a lost object's state waits for a successor, seconds. */
  readonly handOverS?: number;
  /** Time for which a count waits for the object's class to settle, seconds. */
  readonly settleS?: number;
  /** Additional time without a certain detection of the class, seconds. */
  readonly doubtS?: number;
}

const DEFAULTS = { anchor: 'centre', deadBand: 0.15, handOverS: 1.5, settleS: 1, doubtS: 4 } as const;

/** @throws {RangeError} when an option is invalid; the message names it */
export function complete(options: CounterOptions): Required<CounterOptions> {
  const all = { ...DEFAULTS, ...options };
  const { deadBand, handOverS, settleS, doubtS } = all;
  requireFromZero({ deadBand, handOverS, settleS, doubtS });
  return all;
}
