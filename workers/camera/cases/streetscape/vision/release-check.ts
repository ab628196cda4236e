/** Whether a picture may leave: with anything doubtful in it, it is withheld. */
import { coverage, heightOf } from '../../../vision/geometry/boxes.ts';
import type { Box, Detection } from '../../../vision/geometry/detection.ts';
import type { PictureSize, Track } from '../../../vision/tracking/track.ts';

export const DOUBTS = ['dark', 'faint', 'crowded'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** Detectors are not to be relied on below this mean luminance, 0..255. */
const DARK = 40;
/** Somebody this tall is near, share of the picture's height. */
const NEAR = 0.25;
/** Above this score a detection is believed (the tracker's own mark). */
const SURE = 0.35;
/** With more than this share of it covered, what is left of a picture is of no use. */
const CROWDED = 0.75;

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
 * - faint: something near that may be a person, but is not surely one, and is nobody who is known already. Such a sight is
 *   covered like all others; but where the detector is unsure of one who is near, it has often missed his neighbour (on COCO
 *   photos it leaves three times as much of people uncovered there as elsewhere);
 * - crowded: hardly anything would be left.
 *
 * Somebody who is known and out of sight for a moment is no doubt: his cover grows with all that he may have walked.
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
      // The lower half of somebody who is surely there is no one else, and nor is a weak sight of somebody followed.
      ![...sure, ...people].some((person) => coverage(box, person.box) > 0.7),
  );
  if (faint) return 'faint';
  return share(covers, picture) > CROWDED ? 'crowded' : undefined;
}

/** Share of the picture that boxes cover together; on a grid, to a few thousandths. */
export function share(boxes: readonly Box[], { width, height }: PictureSize): number {
  const [columns, rows] = [64, 36];
  let covered = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [((column + 0.5) * width) / columns, ((row + 0.5) * height) / rows];
      if (boxes.some((b) => x >= b[0] && x < b[2] && y >= b[1] && y < b[3])) covered++;
    }
  }
  return covered / (columns * rows);
}
