/**
 * The only maker of pictures that may leave the camera (cases 5 and 6), and the only place that seals one.
 *
 * What is sealed is a record made from a raster that one of the functions here has composed; any other raster is
 * refused, so that neither a frame nor a copy of one can be passed off as an iconised picture.
 */
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

/** Case 6: icons for people on a background without anybody. See `composeCrowd`. */
export const composeOnBackground = (
  background: Raster,
  people: readonly CrowdMember[],
  scale: number,
  colours: CrowdColours,
): IconisedRaster => composedHere(composeCrowd(background, people, scale, colours));

/** Case 5: a street with everybody in it covered. See `composeStreet`. */
export const coverPeople = (picture: Raster, covering: StreetCovering): IconisedRaster =>
  composedHere(composeStreet(picture, covering));

/** A picture in a file's form. */
export interface EncodedPicture {
  readonly mime: 'image/png' | 'image/webp';
  readonly base64: string;
}

/** What a record says of its picture besides. */
export interface PictureFacts<C extends 'streetscape' | 'crowding'> {
  readonly case: C;
  /** Seconds of source time, to a tenth. */
  readonly atS: number;
  /** Icons drawn into it. */
  readonly icons: number;
}

/**
 * Makes the record that the gate lets through.
 * @param encode turns pixels into a file's form; it gets no other pixels than those composed here
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
