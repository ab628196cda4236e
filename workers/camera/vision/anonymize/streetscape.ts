/**
 * Case 5: a street without the people in it. Every box that may contain a person is filled from its surroundings, and
 * an icon replaces each certain person. Pixels inside a covered box have no influence: the result is the same for any
 * content.
 */
import type { Box } from '../geometry/detection.ts';
import { fillHoles } from './filling.ts';
import { drawPerson, type PersonIcon } from './icons.ts';
import { requireRaster, type Raster } from '../image/raster.ts';

export interface StreetCovering {
  /** Boxes to cover: possible people, margins included, and plates; pixels of the picture. */
  readonly covers: readonly Box[];
  /** Icons that replace people. */
  readonly icons: readonly PersonIcon[];
}

/**
 * @param picture as the camera sees it; not changed
 * @returns a new picture of the same size
 */
export function composeStreet(picture: Raster, { covers, icons }: StreetCovering): Raster {
  requireRaster(picture);
  const { width, height } = picture;
  const hidden = new Uint8Array(width * height);
  for (const box of covers) hide(hidden, box, picture);
  const made = { width, height, pixels: picture.pixels.slice() };
  fillHoles(made, hidden);
  // Near icons cover far ones.
  for (const icon of icons.toSorted((a, b) => a.foot[1] - b.foot[1])) drawPerson(made, icon);
  return made;
}

/** Marks all pixels that a box touches. */
function hide(hidden: Uint8Array, [x0, y0, x1, y1]: Box, { width, height }: Raster): void {
  const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(width, Math.ceil(x1))];
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, Math.ceil(y1)); y++) {
    if (right > left) hidden.fill(1, y * width + left, y * width + right);
  }
}
