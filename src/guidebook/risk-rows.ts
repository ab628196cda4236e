/**
 * What each kind of data would allow, who could reach it, what holds that down and what remains: one row for each item of
 * a case's life cycle (guidebook duties 1 and 9). The items themselves, where they live and how long, come from the life
 * cycle; figures from the settings and the last run.
 */
import type { CaseId } from '../../contract/index.ts';
import type { DataItem, Text } from '../cases/shared/life-cycle.ts';
import { LIFE_CYCLES } from '../cases/index.ts';
import { m } from '../paraglide/messages.js';

/** What data can be misused for: Article 29 Working Party, opinion 05/2014, and wrong judgements besides. */
export const THREATS = ['singling', 'linking', 'inference', 'error'] as const;
export type Threat = (typeof THREATS)[number];

/** Figures that tell how well a risk is held down. */
export const FIGURE_IDS = [
  'life',
  'peak',
  'held',
  'retention',
  'k',
  'every',
  'groups',
  'noise',
  'singled-attribute',
  'singled-sum',
  'singled-visit',
  'singled-count',
  'sensor',
  'face',
  'age',
  'sex',
  'match',
] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

interface Nature {
  readonly id: string;
  readonly reach: Text;
  readonly threats: readonly Threat[];
  readonly how: Text;
  readonly measure: Text;
  readonly remains: Text;
  readonly figures: readonly FigureId[];
}

export interface RiskRow extends Nature {
  readonly item: DataItem;
}

/** By the name of the data item, which is the same function wherever the item is used. */
const NATURES: ReadonlyMap<Text, Nature> = new Map<Text, Nature>([
  [
    m.data_frame,
    {
      id: 'frame',
      reach: m.guidebook_risk_frame_reach,
      threats: ['singling', 'linking', 'inference'],
      how: m.guidebook_risk_frame_how,
      measure: m.guidebook_risk_frame_measure,
      remains: m.guidebook_risk_frame_remains,
      figures: ['life', 'peak'],
    },
  ],
  [
    m.data_face_crop,
    {
      id: 'face-crop',
      reach: m.guidebook_risk_face_crop_reach,
      threats: ['singling', 'linking'],
      how: m.guidebook_risk_face_crop_how,
      measure: m.guidebook_risk_face_crop_measure,
      remains: m.guidebook_risk_face_crop_remains,
      figures: [],
    },
  ],
  [
    m.data_attribute_sum,
    {
      id: 'attribute-sum',
      reach: m.guidebook_risk_attribute_sum_reach,
      threats: ['inference'],
      how: m.guidebook_risk_attribute_sum_how,
      measure: m.guidebook_risk_attribute_sum_measure,
      remains: m.guidebook_risk_attribute_sum_remains,
      figures: [],
    },
  ],
  [
    m.data_attribute_record,
    {
      id: 'attribute-record',
      reach: m.guidebook_risk_attribute_record_reach,
      threats: ['inference', 'error'],
      how: m.guidebook_risk_attribute_record_how,
      measure: m.guidebook_risk_attribute_record_measure,
      remains: m.guidebook_risk_attribute_record_remains,
      figures: ['groups', 'singled-attribute', 'age', 'sex'],
    },
  ],
  [
    m.data_floor_line,
    {
      id: 'floor-line',
      reach: m.guidebook_risk_floor_line_reach,
      threats: ['linking', 'inference'],
      how: m.guidebook_risk_floor_line_how,
      measure: m.guidebook_risk_floor_line_measure,
      remains: m.guidebook_risk_floor_line_remains,
      figures: [],
    },
  ],
  [
    m.data_held_share,
    {
      id: 'held-share',
      reach: m.guidebook_risk_held_share_reach,
      threats: ['inference'],
      how: m.guidebook_risk_held_share_how,
      measure: m.guidebook_risk_held_share_measure,
      remains: m.guidebook_risk_held_share_remains,
      figures: ['k'],
    },
  ],
  [
    m.data_flow_record,
    {
      id: 'flow-record',
      reach: m.guidebook_risk_flow_record_reach,
      threats: ['inference'],
      how: m.guidebook_risk_flow_record_how,
      measure: m.guidebook_risk_flow_record_measure,
      remains: m.guidebook_risk_flow_record_remains,
      figures: ['k', 'every', 'noise', 'singled-sum'],
    },
  ],
  [
    m.data_vector,
    {
      id: 'vector',
      reach: m.guidebook_risk_vector_reach,
      threats: ['singling', 'linking', 'error'],
      how: m.guidebook_risk_vector_how,
      measure: m.guidebook_risk_vector_measure,
      remains: m.guidebook_risk_vector_remains,
      figures: ['held', 'retention', 'match'],
    },
  ],
  [
    m.data_visit_record,
    {
      id: 'visit-record',
      reach: m.guidebook_risk_visit_record_reach,
      threats: ['linking', 'inference', 'error'],
      how: m.guidebook_risk_visit_record_how,
      measure: m.guidebook_risk_visit_record_measure,
      remains: m.guidebook_risk_visit_record_remains,
      figures: ['groups', 'singled-visit', 'match'],
    },
  ],
  [
    m.data_count_record,
    {
      id: 'count-record',
      reach: m.guidebook_risk_count_record_reach,
      threats: ['inference'],
      how: m.guidebook_risk_count_record_how,
      measure: m.guidebook_risk_count_record_measure,
      remains: m.guidebook_risk_count_record_remains,
      figures: ['groups', 'singled-count'],
    },
  ],
  [
    m.data_frame_low,
    {
      id: 'frame-low',
      reach: m.guidebook_risk_frame_low_reach,
      threats: ['singling'],
      how: m.guidebook_risk_frame_low_how,
      measure: m.guidebook_risk_frame_low_measure,
      remains: m.guidebook_risk_frame_low_remains,
      figures: ['sensor'],
    },
  ],
  [
    m.data_street_picture,
    {
      id: 'street-picture',
      reach: m.guidebook_risk_street_picture_reach,
      threats: ['singling', 'inference'],
      how: m.guidebook_risk_street_picture_how,
      measure: m.guidebook_risk_street_picture_measure,
      remains: m.guidebook_risk_street_picture_remains,
      figures: ['sensor', 'face'],
    },
  ],
  [
    m.data_street_record,
    {
      id: 'street-record',
      reach: m.guidebook_risk_street_record_reach,
      threats: ['linking'],
      how: m.guidebook_risk_street_record_how,
      measure: m.guidebook_risk_street_record_measure,
      remains: m.guidebook_risk_street_record_remains,
      figures: [],
    },
  ],
  [
    m.data_background,
    {
      id: 'background',
      reach: m.guidebook_risk_background_reach,
      threats: ['singling'],
      how: m.guidebook_risk_background_how,
      measure: m.guidebook_risk_background_measure,
      remains: m.guidebook_risk_background_remains,
      figures: [],
    },
  ],
  [
    m.data_crowd_picture,
    {
      id: 'crowd-picture',
      reach: m.guidebook_risk_crowd_picture_reach,
      threats: ['inference'],
      how: m.guidebook_risk_crowd_picture_how,
      measure: m.guidebook_risk_crowd_picture_measure,
      remains: m.guidebook_risk_crowd_picture_remains,
      figures: ['every'],
    },
  ],
  [
    m.data_crowd_record,
    {
      id: 'crowd-record',
      reach: m.guidebook_risk_crowd_record_reach,
      threats: ['inference'],
      how: m.guidebook_risk_crowd_record_how,
      measure: m.guidebook_risk_crowd_record_measure,
      remains: m.guidebook_risk_crowd_record_remains,
      figures: [],
    },
  ],
]);

/** Keys of the operator's notes. */
export const riskKey = (id: CaseId, row: RiskRow): string => `${id}/${row.id}`;

/** @throws where an item of the life cycle has no row: an unexamined kind of data must not pass */
export const riskRowsOf = (id: CaseId): RiskRow[] =>
  LIFE_CYCLES[id].data.map((item) => {
    const nature = NATURES.get(item.what);
    if (!nature) throw new Error(`no risk analysis of ${item.what({}, { locale: 'en' })}`);
    return { ...nature, item };
  });
