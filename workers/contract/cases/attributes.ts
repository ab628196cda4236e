/** Case 1, attribute estimation in a shop (属性の推定): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { Point, shortId, sourceTime, unit } from '../words.ts';

/** Age bands of ten years; the last is open. An exact age never leaves (guidebook duty 10). */
export const AGE_BANDS = ['0-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', '70+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];
export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

export const AttributesConfig = v.strictObject({
  case: v.literal('attributes'),
  /** Only faces whose middle is inside are looked at; absent: the whole picture. */
  area: v.optional(
    v.strictObject({ id: shortId, points: v.pipe(v.array(Point), v.minLength(3), v.maxLength(32)) }),
  ),
});
export type AttributesConfig = v.InferOutput<typeof AttributesConfig>;

/** One passage of one face, told once, when it is over. */
export const AttributeRecord = v.strictObject({
  type: v.literal('attribute'),
  case: v.literal('attributes'),
  age: v.picklist([...AGE_BANDS, 'unknown']),
  sex: v.picklist([...SEXES, 'unknown']),
  /** How good the evidence was, 0..1, to a tenth. */
  quality: unit,
  atS: sourceTime,
});
