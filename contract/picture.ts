/** An iconised picture, from cases whose contract allows it. No other record holds an image. */
import * as v from 'valibot';
import { PICTURE_CASES } from './cases/index.ts';
import { count, sourceTime } from './enums.ts';

/** Bytes of base64: a small picture, never a video frame. */
export const MAX_BASE64 = 600_000;

/** The gate passes only pictures with the seal of `vision/anonymize/iconise.ts`; the form alone is not enough. */
export const PictureRecord = v.strictObject({
  type: v.literal('picture'),
  case: v.picklist(PICTURE_CASES),
  atS: sourceTime,
  width: v.pipe(count, v.minValue(1), v.maxValue(1280)),
  height: v.pipe(count, v.minValue(1), v.maxValue(1280)),
  /** Icons drawn into it. */
  icons: count,
  mime: v.picklist(['image/png', 'image/webp']),
  base64: v.pipe(v.string(), v.maxLength(MAX_BASE64), v.regex(/^[A-Za-z0-9+/]+={0,2}$/)),
});
