/**
 * How far the estimates are off, as measured on labelled faces that nothing was fitted to: `npm run eval -- --set utkface
 * --fit` writes the table.
 */
import * as v from 'valibot';
import { AGE_BANDS } from '../../../contract/index.ts';
import measured from './error-band.json' with { type: 'json' };

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const years = v.pipe(v.number(), v.minValue(0));

export const ErrorBand = v.strictObject({
  madeBy: v.string(),
  /** Faces it was measured on. */
  faces: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Mean absolute error over all ages. */
  maeYears: years,
  /** By true age: faces, mean absolute error, and mean error (above 0: taken for older), in years. */
  byAge: v.record(
    v.picklist(AGE_BANDS),
    v.strictObject({
      faces: v.pipe(v.number(), v.integer(), v.minValue(1)),
      maeYears: years,
      biasYears: v.number(),
    }),
  ),
  /** Shares of the likeliest band being right, and right or next to it. */
  bandRight: share,
  bandWithinOne: share,
  /** Of true ages 20-59, and of all. */
  sexAccuracy2059: share,
  sexAccuracy: share,
});
export type ErrorBand = v.InferOutput<typeof ErrorBand>;

export const ERROR_BAND: ErrorBand = v.parse(ErrorBand, measured);
