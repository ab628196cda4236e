/** Decides whether a picture may leave: a doubtful picture is withheld. */
import { coverage, heightOf } from '../../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../vision/geometry/detection.ts';
import type { PictureSize, Track } from '../../../vision/tracking/track.ts';

export const DOUBTS = ['dark', 'faint', 'crowded'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** Minimum mean luminance, 0..255: detectors are not reliable below it. */
const DARK = 40;
/** Height from which a person is near, share of the picture's height. */
const NEAR = 0.25;
/** Score above which a detection is certain (the tracker's own threshold). */
const SURE = 0.35;
/**
 * Maximum covered share: the rest of a picture covered further is of little use, and in a crowd that dense a person is
 * easily missed between the others.
 */
const CROWDED = 2 / 3;

export interface ReleaseContext {
  readonly picture: PictureSize;
  /** Mean luminance, 0..255. */
  readonly brightness: number;
  readonly detections: readonly Detection[];
  /** Confirmed tracks of people, lost ones among them. */
  readonly people: readonly Pick<Track, 'box'>[];
  /** Boxes that will be covered, clipped to the picture. */
  readonly covers: readonly Box[];
}

/**
 * - dark: too dark for the detector;
 * - faint: a near detection that may be a person, but is uncertain and belongs to no known track. It is covered like
 *   all others. But where the detector is uncertain of a near person, it has often missed a neighbour (on COCO photos
 *   it leaves three times as much of people uncovered there as elsewhere);
 * - crowded: the covers would leave almost nothing.
 *
 * A known track that is lost for a moment is not doubtful: its cover grows with the distance that the person may have
 * walked.
 *
 * @returns the first reason that applies; undefined where there is none
 */
export function doubtOf({
  picture,
  brightness,
  detections,
  people,
  covers,
}: ReleaseContext): Doubt | undefined {
  const near = (box: Box) => heightOf(box) >= NEAR * picture.height;
  if (brightness < DARK) return 'dark';
  const sure = detections.filter(({ label, score }) => label === 'person' && score >= SURE);
  const faint = detections.some(
    ({ label, score, box }) =>
      label === 'person' &&
      score < SURE &&
      near(box) &&
      // The lower half of a certain person is not another person, and neither is a weak detection of a tracked one.
      ![...sure, ...people].some((person) => coverage(box, person.box) > 0.7),
  );
  if (faint) return 'faint';
  return share(covers, picture) > CROWDED ? 'crowded' : undefined;
}

/** Share of the picture under the union of the boxes; on a grid, to a few thousandths. */
export const share = (boxes: readonly Box[], { width, height }: PictureSize): number =>
  coveredShare([0, 0, width, height], boxes);

/** Share of a box under the union of others, 0..1; on a grid of 64 by 36. */
export function coveredShare([x0, y0, x1, y1]: Box, covers: readonly Box[]): number {
  const [columns, rows] = [64, 36];
  let covered = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = x0 + ((column + 0.5) * (x1 - x0)) / columns;
      const y = y0 + ((row + 0.5) * (y1 - y0)) / rows;
      if (covers.some((b) => x >= b[0] && x < b[2] && y >= b[1] && y < b[3])) covered++;
    }
  }
  return covered / (columns * rows);
}
