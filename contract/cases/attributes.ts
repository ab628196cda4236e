/** Case 1, attribute estimation in a shop (属性の推定): what the camera is told, and what may leave. */
import * as v from 'valibot';
import { Polygon } from '../shapes.ts';
import { sourceTime, unit } from '../enums.ts';
import { defineCase } from './define.ts';

/** Age bands of ten years; the last is open. An exact age never leaves (guidebook duty 10). */
export const AGE_BANDS = ['0-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', '70+'] as const;
export const SEXES = ['male', 'female'] as const;
export type Sex = (typeof SEXES)[number];

export const AttributesConfig = v.strictObject({
  case: v.literal('attributes'),
  /** Only faces whose middle is inside one of them are looked at; none: the whole picture. */
  areas: v.optional(v.pipe(v.array(Polygon), v.maxLength(16)), []),
});
export type AttributesConfig = v.InferOutput<typeof AttributesConfig>;

/** To a tenth: a finer figure would tell passages apart. */
const tenth = v.pipe(
  unit,
  v.check((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6, 'tenths'),
);

/** One passage of one face, told once, when it is over. Nothing in it ties it to another passage. */
export const AttributeRecord = v.strictObject({
  type: v.literal('attribute'),
  case: v.literal('attributes'),
  /** `unknown` where the evidence is too weak to say; so for the sex. */
  age: v.picklist([...AGE_BANDS, 'unknown']),
  sex: v.picklist([...SEXES, 'unknown']),
  /** How good the evidence was, 0..1. */
  quality: tenth,
  /** When the face was last seen. */
  atS: sourceTime,
});
export type AttributeRecord = v.InferOutput<typeof AttributeRecord>;

export const ATTRIBUTES_CASE = defineCase({
  id: 'attributes',
  number: 1,
  needs: ['faces', 'face-attributes'],
  config: AttributesConfig,
  commands: [],
  records: [AttributeRecord],
  pictures: false,
});
