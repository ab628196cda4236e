/**
 * The second look at a picture that is about to leave: the same network on the picture turned by 90, 180 and 270 degrees.
 * A turned view is another picture to a network: it finds people whom the upright view missed, most of all where the camera
 * itself is turned. People whom every view misses stay uncovered (`npm run eval -- --set covers` counts them).
 */
import type { CaseAccount } from '../../ledger/case-account.ts';
import type { Detector, StageClock } from '../../inference/engine.ts';
import { heightOf, widthOf } from '../../vision/geometry/boxes.ts';
import type { Box } from '../../vision/geometry/detection.ts';
import type { Region } from '../../vision/geometry/letterbox.ts';
import { QUARTERS, turned, turnedBack } from '../../vision/image/turned.ts';
import type { Raster } from '../../vision/image/raster.ts';
import { withCrops } from '../shared/crops.ts';
import { isFarAway } from './vision/person-masks.ts';
import { coveredShare } from './vision/release-check.ts';

/** Minimum score of a person in a turned view. Lower ones hold back more roads than the third that is allowed. */
const SEEN = 0.2;
/** Minimum score of a far one, whose face is a few pixels wide. */
const SEEN_FAR = 0.25;
/** Minimum share of such a person under the covers; `npm run eval -- --set covers` calls a person uncovered below it. */
const COVERED = 0.8;

export interface WitnessTools {
  readonly objects: Detector;
  readonly clock: StageClock;
}

/**
 * The turned copies are zeroed before this settles, and entered in the account.
 * @param picture as it is before anything is covered
 * @param covers what will be covered, pixels of the picture
 * @returns whether a turned view shows a person outside of the covers
 * @throws {Fault} of the detector
 */
export async function seesUncoveredPerson(
  picture: Raster,
  covers: readonly Box[],
  { objects, clock }: WitnessTools,
  account: CaseAccount,
): Promise<boolean> {
  const copy = new Uint8ClampedArray(picture.width * picture.height * 4);
  account.cropMade(copy.byteLength);
  try {
    for (const quarter of QUARTERS) {
      const view = clock.prepare(() => turned(picture, quarter, copy));
      for (const part of partsOf(view, objects)) {
        const found = await withCrops(objects, clock, account, (booked) =>
          objects.detect(view, booked, part),
        );
        const isLeft = found
          .filter(({ label }) => label === 'person')
          .map(({ box, score }) => ({ box: turnedBack(box, quarter, picture), score }))
          .some(({ box, score }) => {
            const far = isFarAway(box, Math.max(widthOf(box), heightOf(box)), picture);
            return score >= (far ? SEEN_FAR : SEEN) && coveredShare(box, covers) < COVERED;
          });
        if (isLeft) return true;
      }
    }
    return false;
  } finally {
    copy.fill(0);
    account.cropDestroyed(copy.byteLength);
  }
}

/** Share of a long side that each of two parts takes, so that they overlap by a fifth of it. */
const PART = 0.6;

/**
 * A view that lies across the detector's input is seen in two parts: as a whole it would be shrunk to the input's short side,
 * and people with it.
 * @returns parts in pixels of the view
 */
function partsOf({ width, height }: Raster, input: Pick<Detector, 'width' | 'height'>): Region[] {
  const isAcross = width > height !== input.width > input.height;
  if (!isAcross) return [{ x: 0, y: 0, width, height }];
  const long = Math.max(width, height);
  const part = Math.ceil(PART * long);
  return [0, long - part].map((start) =>
    width > height ? { x: start, y: 0, width: part, height } : { x: 0, y: start, width, height: part },
  );
}
