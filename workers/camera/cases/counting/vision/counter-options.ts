/** What counting at lines and counting in zones have in common to set. */
import { requireFromZero } from '../../../vision/geometry/checks.ts';
import type { PictureSize } from '../../../vision/tracking/track.ts';

export interface CounterOptions {
  readonly picture: PictureSize;
  /** The point of an object that counts: the middle of its box, or the middle of the lower edge. */
  readonly anchor?: 'centre' | 'ground';
  /** Half the width of the dead band at a border, as a share of the object's size (root of its area). */
  readonly deadBand?: number;
  /** How long a lost object's memory waits for a successor, seconds. */
  readonly handOverS?: number;
  /** How long a count waits for the object's class to settle, seconds. */
  readonly settleS?: number;
  /** How much longer if no sure detection has said what it is, seconds. */
  readonly doubtS?: number;
}

const DEFAULTS = { anchor: 'centre', deadBand: 0.15, handOverS: 1.5, settleS: 1, doubtS: 4 } as const;

/** @throws {RangeError} when an option makes no sense; the message names it */
export function complete(options: CounterOptions): Required<CounterOptions> {
  const all = { ...DEFAULTS, ...options };
  const { deadBand, handOverS, settleS, doubtS } = all;
  requireFromZero({ deadBand, handOverS, settleS, doubtS });
  return all;
}
