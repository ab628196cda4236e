/** Names that a report's JSON has as codes, in the words of the report's language. */
import type { Text } from '../cases/shared/life-cycle.ts';
import { SOURCE_TEXT } from '../guidebook/risks/labels.ts';
import { LANGUAGE_NAMES, PUBLIC_LANGUAGES } from '../notices/languages.ts';
import { FORM_TEXT, OCCASION_TEXT } from '../notices/texts.ts';
import { m } from '../paraglide/messages.js';
import type { CaseReport, TransparencyReport } from './transparency.ts';

type Options = { readonly locale: TransparencyReport['language'] };
type Word = Readonly<Record<string, Text | undefined>>;

/** The settings of a run; lengths of time are in seconds and days, as the JSON has them. */
const SETTING_TEXT: Word = {
  retentionDays: m.report_setting_retention,
  lapse: m.report_setting_lapse,
  mistakenShare: m.report_setting_mistaken,
  k: m.report_setting_k,
  everyS: m.report_setting_every,
  binS: m.report_setting_bin,
  epsilon: m.report_setting_epsilon,
  dailyEpsilon: m.report_setting_daily_epsilon,
  sensorWidth: m.report_setting_width,
};

const ACCURACY_TEXT: Word = {
  'mean distance of the age from the true band, years': m.report_accuracy_age_distance,
  'share of ages in the true band': m.report_accuracy_age_band,
  'share of told sexes that are right, ages from 20': m.report_accuracy_sex,
  'share of strangers taken for known': m.report_accuracy_strangers,
  'share of returns missed': m.report_accuracy_returns,
};

/** What a model does in a camera. */
const ROLE_TEXT: Word = {
  objects: m.report_role_objects,
  faces: m.report_role_faces,
  age: m.report_role_age,
  sex: m.report_role_sex,
  'face-descriptor': m.report_role_face_descriptor,
  signs: m.report_role_signs,
};

/** A code without a word of its own is told as it is: a report of another build may have one. */
const say = (words: Word, code: string, options: Options): string =>
  (Object.hasOwn(words, code) && words[code]?.({}, options)) || code;

export const settingWord = (code: string, options: Options) => say(SETTING_TEXT, code, options);
export const accuracyWord = (code: string, options: Options) => say(ACCURACY_TEXT, code, options);
export const roleWord = (code: string, options: Options) => say(ROLE_TEXT, code, options);
export const sourceWord = (code: string, options: Options) => say(SOURCE_TEXT, code, options);

/** A notice that hangs: its form, occasion and language. */
export function noticeWords(
  { form, occasion, language }: CaseReport['notices']['inForce'][number],
  options: Options,
): string {
  const tongue = PUBLIC_LANGUAGES.find((name) => name === language);
  const words = [say(FORM_TEXT, form, options), say(OCCASION_TEXT, occasion, options)];
  return [...words, tongue ? LANGUAGE_NAMES[tongue] : language].join(', ');
}
