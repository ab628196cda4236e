/**
 * Case 6: icons on a background that was taken while the place was empty. No pixel of the current frame enters the
 * picture, so that a person whom the detector missed cannot leak into it (guidebook case 6, duty 11).
 */
import type { Vec } from '../geometry/boxes.ts';
import type { CrowdStyle } from '../../../../contract/index.ts';
import { drawAreas } from './crowd-areas.ts';
import { drawDot, drawPerson, type PersonIcon } from './icons.ts';
import { requireRaster, type Raster, type Rgb } from '../image/raster.ts';

/** A person in the camera's picture. */
export interface CrowdMember {
  /** The foot point, pixels of the camera's picture. */
  readonly foot: Vec;
  /** Height of a person there, pixels of the camera's picture. */
  readonly height: number;
  /** Direction of walking in the camera's picture; absent: standing still. */
  readonly heading?: Vec | undefined;
}

export interface CrowdColours {
  readonly standing: Rgb;
  readonly moving: Rgb;
}

/**
 * @param background without people; not changed
 * @param scale pixels of the background for one of the camera's picture
 * @param style figures or dots, one for each person, those in front over those behind; or areas, without single people
 * @returns a new picture: the background, and on it the crowd
 */
export function composeCrowd(
  background: Raster,
  people: readonly CrowdMember[],
  scale: number,
  colours: CrowdColours,
  style: CrowdStyle = 'figures',
): Raster {
  requireRaster(background);
  const { width, height } = background;
  const picture = { width, height, pixels: background.pixels.slice() };
  const icons = crowdIcons(people, scale, colours);
  if (style === 'areas') drawAreas(picture, icons, colours);
  else for (const icon of icons) (style === 'dots' ? drawDot : drawPerson)(picture, icon);
  return picture;
}

/** The icons of a crowd, the farthest first. @param scale pixels of the picture for each pixel of the frame */
export function crowdIcons(
  people: readonly CrowdMember[],
  scale: number,
  { standing, moving }: CrowdColours,
): PersonIcon[] {
  return people
    .toSorted((a, b) => a.foot[1] - b.foot[1])
    .map(({ foot: [x, y], height, heading }) => ({
      foot: [x * scale, y * scale],
      height: height * scale,
      heading,
      colour: heading ? moving : standing,
    }));
}
