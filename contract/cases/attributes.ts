/** Case 1, attribute estimation in a shop (属性の推定): its configuration and its records. */
import * as v from 'valibot';
import { Polygon } from '../shapes.ts';
import { sourceTime, unit } from '../enums.ts';
import { binLength, peopleK, relaxedMark } from '../disclosure-terms.ts';
import { defineCase } from './define.ts';

/** Age bands of ten years; the last is open. An exact age never leaves (guidebook duty 10). */
export const AGE_BANDS = ['0-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', '70+'] as const;
export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

export const AttributesConfig = v.strictObject({
  case: v.literal('attributes'),
  /** Faces are read only if their centre is inside one of these polygons; empty: the whole picture. */
  areas: v.optional(v.pipe(v.array(Polygon), v.maxLength(16)), []),
  /** On real sources: minimum number of records that leave together with the same age band and sex; 5 where absent. */
  k: v.optional(peopleK),
  /** On real sources: length of a time bin in seconds; 300 where absent. */
  binS: v.optional(binLength),
});
export type AttributesConfig = v.InferOutput<typeof AttributesConfig>;

/** To a tenth: a finer figure would tell records apart. */
const tenth = v.pipe(
  unit,
  v.check((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6, 'tenths'),
);

/**
 * One face track, reported once: at its end on a synthetic source, and in a group of k or more at the end of a bin on a real
 * one. No field links it to another track.
 */
export const AttributeRecord = v.strictObject({
  type: v.literal('attribute'),
  case: v.literal('attributes'),
  /** `unknown` where the evidence is too weak; the same for the sex. */
  age: v.picklist([...AGE_BANDS, 'unknown']),
  sex: v.picklist([...SEXES, 'unknown']),
  /** Quality of the evidence, 0..1; on real sources that of the group, in fifths. */
  quality: tenth,
  /** Source time at which the face was last seen, in seconds; on real sources the start of the bin of the release. */
  atS: sourceTime,
  relaxed: relaxedMark,
});
export type AttributeRecord = v.InferOutput<typeof AttributeRecord>;

export const ATTRIBUTES_CASE = defineCase({
  id: 'attributes',
  number: 1,
  needs: ['faces', 'age', 'sex'],
  config: AttributesConfig,
  commands: [],
  records: [AttributeRecord],
  pictures: false,
});
