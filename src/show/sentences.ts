/** What a record says, as a sentence in the page's language: for the tour and the event mode. */
import type { OutRecord, OutRecordOf } from '../../contract/index.ts';
import { count, decimal } from '../app/format.ts';
import { m } from '../paraglide/messages.js';
import { signText } from './sign-text.ts';

type Text = () => string;
type Attribute = OutRecordOf<'attribute'>;

const SEX_TEXT: Record<Attribute['sex'], Text> = {
  male: m.show_sex_male,
  female: m.show_sex_female,
  unknown: m.show_sex_unknown,
};
const KIND_TEXT: Record<OutRecordOf<'count'>['kind'], Text> = {
  pedestrian: m.show_kind_pedestrian,
  bicycle: m.show_kind_bicycle,
  motorcycle: m.show_kind_motorcycle,
  car: m.show_kind_car,
  bus: m.show_kind_bus,
  truck: m.show_kind_truck,
};
const ROAD_TEXT: Record<OutRecordOf<'road'>['state'], Text> = {
  free: m.show_road_free,
  busy: m.show_road_busy,
  jammed: m.show_road_jammed,
};

function ageText(age: Attribute['age']): string {
  if (age === 'unknown') return m.show_age_unknown();
  if (age === '0-9') return m.show_age_child();
  const decade = age.slice(0, 2);
  return age === '70+' ? m.show_age_open({ from: decade }) : m.show_age_band({ decade });
}

/** Age band and sex, and on request the source time. @param timed whether the seconds since the start are said, too */
export function attributeText({ age, sex, atS }: Attribute, timed = false): string {
  const what = { age: ageText(age), sex: SEX_TEXT[sex]() };
  return timed ? m.show_attribute_at({ ...what, s: count(atS) }) : m.show_attribute(what);
}

/** @returns nothing for records that describe the camera or the place, and no event */
export function sentenceOf(record: OutRecord): string | undefined {
  switch (record.type) {
    case 'attribute':
      return attributeText(record);
    case 'count':
      return m.show_count({ kind: KIND_TEXT[record.kind]() });
    case 'heat':
      return m.show_heat({
        n: count(record.cells.length),
        people: count(Math.min(...record.cells.map(([, , people]) => people))),
      });
    case 'flow':
      return m.show_flow({ people: count(record.people) });
    case 'dwell':
      return m.show_dwell({ people: count(record.people), s: decimal(record.meanS) });
    case 'visit':
      return record.visit === 1
        ? m.show_visit_new()
        : m.show_visit_again({ n: count(record.visit), days: count(record.daysSinceLast ?? 0) });
    case 'vault':
      return m.show_vault({
        held: count(record.keys.reduce((sum, { held }) => sum + held, 0)),
        gone: count(record.destroyed.expired),
      });
    case 'sign':
      return m.show_sign({ sign: signText(record.kind) });
    case 'road':
      return ROAD_TEXT[record.state]();
    case 'withheld':
      return m.show_withheld();
    case 'crowd':
      return m.show_crowd({
        n: count(record.standing + record.moving),
        standing: count(record.standing),
        moving: count(record.moving),
      });
    case 'picture':
      return m.show_picture({ w: count(record.width), h: count(record.height) });
    default:
      return undefined;
  }
}
