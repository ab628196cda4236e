import { clearMot, type ClearMot } from './clear.ts';
import { compare, type IdentifiedFrames } from './frames.ts';
import { hota, type Hota } from './hota.ts';
import { identityScores, type IdentityScores } from './identity.ts';

export interface TrackingScores extends ClearMot, IdentityScores, Omit<Hota, 'byAlpha'> {
  readonly truthIds: number;
  readonly resultIds: number;
}

/**
 * All tracking metrics of one sequence and one class of objects. CLEAR MOT and identity metrics pair at IoU .5, HOTA over
 * its range of thresholds; every value is a share of 1 or a number of boxes, switches, identities.
 *
 * @param truth one list of boxes for each frame
 * @param tracked the same frames; only what the tracker calls confirmed and sees in the frame
 * @throws {RangeError} when the two differ in length or an identity appears twice in a frame
 */
export function evaluateTracking(truth: IdentifiedFrames, tracked: IdentifiedFrames): TrackingScores {
  const compared = compare(truth, tracked);
  const { hota: mean, detA, assA, locA } = hota(compared);
  return {
    hota: mean,
    detA,
    assA,
    locA,
    ...clearMot(compared),
    ...identityScores(compared),
    truthIds: compared.truthIds,
    resultIds: compared.resultIds,
  };
}
