/**
 * The only maker of pictures that may leave the camera (cases 5 and 6), and the only place that seals one.
 *
 * It seals only records made from a raster that a function of this file has composed. It refuses any other raster, so
 * neither a frame nor a copy of one can pass as an iconised picture.
 */
import type { CrowdStyle } from '../../../../contract/index.ts';
import { composeCrowd, type CrowdColours, type CrowdMember } from './crowding.ts';
import type { Raster } from '../image/raster.ts';
import { composeStreet, type StreetCovering } from './streetscape.ts';
import { seal, type Iconised } from './seal.ts';

/** A raster that was composed here. */
declare const composed: unique symbol;
export type IconisedRaster = Raster & { readonly [composed]: true };

const made = new WeakSet<object>();

function composedHere(raster: Raster): IconisedRaster {
  made.add(raster);
  return raster as IconisedRaster;
}

/**
 * Case 6: icons for people on a background without people. See `composeCrowd`.
 * @param scale pixels of the background for each pixel of the frame
 */
export const composeOnBackground = (
  background: Raster,
  people: readonly CrowdMember[],
  scale: number,
  colours: CrowdColours,
  style?: CrowdStyle,
): IconisedRaster => composedHere(composeCrowd(background, people, scale, colours, style));

/** Case 5: a street with the people in it covered. See `composeStreet`. */
export const coverPeople = (picture: Raster, covering: StreetCovering): IconisedRaster =>
  composedHere(composeStreet(picture, covering));

/** A picture in a file's form. */
export interface EncodedPicture {
  readonly mime: 'image/png' | 'image/webp';
  readonly base64: string;
}

/** The other fields of a picture record. */
export interface PictureFacts<C extends 'streetscape' | 'crowding'> {
  readonly case: C;
  /** Seconds of source time, to a tenth. */
  readonly atS: number;
  /** Icons drawn into it. */
  readonly icons: number;
}

/**
 * Makes the record that passes the gate.
 * @param encode encodes pixels as a file; it gets only pixels composed here
 * @throws {TypeError} for a raster that was not composed here
 */
export async function pictureRecord<C extends 'streetscape' | 'crowding'>(
  picture: IconisedRaster,
  facts: PictureFacts<C>,
  encode: (picture: Raster) => Promise<EncodedPicture>,
) {
  if (!made.has(picture)) throw new TypeError('a raster that was not iconised can not become a picture');
  const { width, height } = picture;
  const { mime, base64 } = await encode(picture);
  const record = { type: 'picture', ...facts, width, height, mime, base64 } as const;
  return seal(record) satisfies Iconised<typeof record>;
}
