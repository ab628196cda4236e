import type { SignGroup } from '../../../../contract/index.ts';
import type { Box } from './detection.ts';

/** A traffic sign in one picture, as the finder and the classifier saw it. */
export interface SignSighting {
  /** In pixels of the picture. */
  readonly box: Box;
  /** The finder's, 0..1. */
  readonly score: number;
  /** The finder's. */
  readonly group: SignGroup;
  /** The classifier's, 0..1, by kind in its order; the last that it is no sign. */
  readonly probabilities: Float32Array;
}
