/**
 * The fields of the operator's file: what each is called, how it is entered, where it stands, which cases need it, and
 * which duty asks for it. Form, missing items, checklist and coverage all read this one list.
 */
import type { CaseId } from '../../contract/index.ts';
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';
import { ANSWER_FORMS } from './answer-forms.ts';
import {
  LINKED,
  type CasePlan,
  type LocalText,
  type OperatorFile,
  type PublicLanguage,
  type Retention,
} from './operator-file.ts';

/** Part of the file a field belongs to; `place`, `partner`, `camera` and `recipient` are rows of lists. */
export type Section = 'operator' | 'contact' | 'place' | 'partner' | 'case' | 'camera' | 'recipient';

export type FieldKind =
  | 'line'
  | 'paragraph'
  | 'day'
  | 'whole'
  | 'retention'
  | 'choice'
  | 'choices'
  | 'place'
  | 'url'
  | 'mail'
  | 'phone';

export interface Field {
  /** Unique in its section: `name`, `retention.records`. Also its path there. */
  readonly id: string;
  readonly section: Section;
  readonly kind: FieldKind;
  /** Entered apart for each language of the notices. */
  readonly local?: true;
  readonly label: Text;
  readonly hint?: Text;
  /** Without it a notice or a duty is incomplete. */
  readonly needed?: true;
  /** Duties that ask for it, 1 to 14. */
  readonly duties: readonly number[];
  /** Only in these cases; absent: in all. */
  readonly cases?: readonly CaseId[];
  readonly options?: readonly { readonly value: string; readonly text: Text }[];
}

const REPEAT = ['repeat-visits'] as const;
const STREET = ['streetscape'] as const;
const STATION = ['crowding'] as const;

const PERMIT_STATES = [
  { value: '', text: m.guidebook_choice_none },
  { value: 'not-needed', text: m.guidebook_permit_not_needed },
  { value: 'asked', text: m.guidebook_permit_asked },
  { value: 'granted', text: m.guidebook_permit_granted },
] as const;

const FORM_TEXT: Record<(typeof ANSWER_FORMS)[number], Text> = {
  screen: m.guidebook_form_screen,
  file: m.guidebook_form_file,
  paper: m.guidebook_form_paper,
};
const LINKED_TEXT: Record<(typeof LINKED)[number], Text> = {
  visits: m.guidebook_linked_visits,
  trajectories: m.guidebook_linked_trajectories,
  attributes: m.guidebook_linked_attributes,
  purchases: m.guidebook_linked_purchases,
};

const f = (
  section: Section,
  id: string,
  kind: FieldKind,
  label: Text,
  duties: readonly number[],
  more: Partial<Pick<Field, 'local' | 'hint' | 'needed' | 'cases' | 'options'>> = {},
): Field => ({ section, id, kind, label, duties, ...more });

const needed = { needed: true } as const;
const local = { local: true } as const;

export const FIELDS: readonly Field[] = [
  f('operator', 'name', 'line', m.guidebook_field_operator_name, [3, 6], {
    ...needed,
    ...local,
    hint: m.guidebook_field_operator_name_hint,
  }),
  f('operator', 'representative', 'line', m.guidebook_field_representative, [], local),
  f('operator', 'address', 'line', m.guidebook_field_operator_address, [], local),
  f('operator', 'url', 'url', m.guidebook_field_url, [5, 6], { ...needed, hint: m.guidebook_field_url_hint }),
  f('operator', 'shortUrl', 'url', m.guidebook_field_short_url, [5]),
  f('operator', 'administrator', 'line', m.guidebook_field_administrator, [1, 12], needed),
  f('operator', 'dataManager', 'line', m.guidebook_field_data_manager, [12], needed),
  f('operator', 'privacy', 'line', m.guidebook_field_privacy, [1]),
  f('operator', 'security', 'paragraph', m.guidebook_field_security, [11], {
    ...needed,
    ...local,
    hint: m.guidebook_field_security_hint,
  }),

  f('contact', 'desk', 'line', m.guidebook_field_desk, [1, 3, 6], { ...needed, ...local }),
  f('contact', 'mail', 'mail', m.guidebook_field_mail, [1], needed),
  f('contact', 'phone', 'phone', m.guidebook_field_phone, [1], needed),
  f('contact', 'hours', 'line', m.guidebook_field_contact_hours, [1], local),
  f('contact', 'complaints', 'line', m.guidebook_field_complaints, [1], { ...needed, ...local }),
  f('contact', 'accredited', 'line', m.guidebook_field_accredited, [], {
    ...local,
    hint: m.guidebook_field_accredited_hint,
  }),

  f('place', 'name', 'line', m.guidebook_field_place_name, [3, 6], { ...needed, ...local }),
  f('place', 'address', 'line', m.guidebook_field_place_address, []),
  f('place', 'coordinates', 'line', m.guidebook_field_coordinates, []),
  f('place', 'municipality', 'line', m.guidebook_field_municipality, []),
  f('place', 'device', 'line', m.guidebook_field_device, [1], needed),
  f('place', 'storage', 'line', m.guidebook_field_storage, [1], needed),
  f('place', 'network', 'line', m.guidebook_field_network, [1], needed),

  f('partner', 'name', 'line', m.guidebook_field_partner_name, [1], { ...needed, ...local }),
  f('partner', 'role', 'line', m.guidebook_field_partner_role, [1], { ...needed, ...local }),
  f('partner', 'contract', 'day', m.guidebook_field_partner_contract, []),
  f('partner', 'taught', 'day', m.guidebook_field_taught, [1]),

  f('case', 'purpose', 'paragraph', m.guidebook_field_purpose, [3, 6], { ...needed, ...local }),
  f('case', 'benefit', 'paragraph', m.guidebook_field_benefit, [3, 6], { ...needed, ...local }),
  f('case', 'noticeFrom', 'day', m.guidebook_field_notice_from, [2], {
    ...needed,
    hint: m.guidebook_field_notice_from_hint,
  }),
  f('case', 'start', 'day', m.guidebook_field_start, [3], needed),
  f('case', 'end', 'day', m.guidebook_field_end, []),
  f('case', 'hours', 'line', m.guidebook_field_hours, [6], { ...needed, ...local }),
  f('case', 'retention.records', 'retention', m.guidebook_field_retention_records, [6, 12], needed),
  f('case', 'retention.vectors', 'retention', m.guidebook_field_retention_vectors, [6, 12], {
    ...needed,
    cases: REPEAT,
  }),
  f('case', 'useRange', 'paragraph', m.guidebook_field_use_range, [12], { ...needed, ...local }),
  f('case', 'access', 'paragraph', m.guidebook_field_access, [12], { ...needed, ...local }),
  f('case', 'thirdParty', 'choice', m.guidebook_field_third_party, [3, 6, 13], {
    ...needed,
    options: [
      { value: '', text: m.guidebook_choice_none },
      { value: 'no', text: m.guidebook_third_no },
      { value: 'yes', text: m.guidebook_third_yes },
    ],
  }),
  f('case', 'vehicles', 'whole', m.guidebook_field_vehicles, [3, 6], { ...needed, cases: STREET }),
  f('case', 'routes', 'paragraph', m.guidebook_field_routes, [3, 6], { ...needed, ...local, cases: STREET }),
  f('case', 'published', 'line', m.guidebook_field_published, [6], { ...needed, ...local, cases: STATION }),
  f('case', 'linked', 'choices', m.guidebook_field_linked, [3, 6], {
    ...needed,
    cases: REPEAT,
    options: LINKED.map((value) => ({ value, text: LINKED_TEXT[value] })),
  }),
  f('case', 'procedure', 'paragraph', m.guidebook_field_procedure, [6], {
    ...needed,
    ...local,
    cases: REPEAT,
  }),
  f('case', 'answerForms', 'choices', m.guidebook_field_answer_forms, [6], {
    ...needed,
    cases: REPEAT,
    options: ANSWER_FORMS.map((value) => ({ value, text: FORM_TEXT[value] })),
  }),
  f('case', 'minors', 'paragraph', m.guidebook_field_minors, [], {
    ...local,
    cases: REPEAT,
    hint: m.guidebook_field_minors_hint,
  }),
  f('case', 'permits.road.state', 'choice', m.guidebook_field_permit_road, [], { options: PERMIT_STATES }),
  f('case', 'permits.road.note', 'line', m.guidebook_field_permit_road_note, []),
  f('case', 'permits.ordinance.state', 'choice', m.guidebook_field_permit_ordinance, [], {
    options: PERMIT_STATES,
  }),
  f('case', 'permits.ordinance.note', 'line', m.guidebook_field_permit_ordinance_note, []),
  f('case', 'permits.radio.state', 'choice', m.guidebook_field_permit_radio, [], { options: PERMIT_STATES }),
  f('case', 'permits.radio.note', 'line', m.guidebook_field_permit_radio_note, []),
  f('case', 'data.licence', 'line', m.guidebook_field_licence, []),
  f('case', 'data.url', 'url', m.guidebook_field_data_url, []),
  f('case', 'data.undeliverable', 'paragraph', m.guidebook_field_undeliverable, [], local),

  f('camera', 'place', 'place', m.guidebook_field_camera_place, [3, 6], needed),
  f('camera', 'position', 'line', m.guidebook_field_position, [3, 6], { ...needed, ...local }),
  f('camera', 'coverage', 'line', m.guidebook_field_coverage, [3, 6], { ...needed, ...local }),

  f('recipient', 'name', 'line', m.guidebook_field_recipient_name, [3, 13], { ...needed, ...local }),
  f('recipient', 'purpose', 'line', m.guidebook_field_recipient_purpose, [13], { ...needed, ...local }),
  f('recipient', 'contract', 'day', m.guidebook_field_recipient_contract, [13], needed),
];

/** The fields of a section, in the form's order. */
export const fieldsOf = (section: Section, id?: CaseId): readonly Field[] =>
  FIELDS.filter(
    (field) => field.section === section && (!field.cases || (id !== undefined && field.cases.includes(id))),
  );

/** Steps from a section's value to a field's. */
export const stepsOf = ({ id }: Field): readonly string[] => id.split('.');

/** A field's value in its section's value. */
export const fieldValue = (field: Field, section: unknown): unknown =>
  stepsOf(field).reduce<unknown>(
    (value, step) => (value as Record<string, unknown> | undefined)?.[step],
    section,
  );

/** Whether a field is stated, in one language where it has several. */
export function isStated(field: Field, section: unknown, language: PublicLanguage): boolean {
  const value = fieldValue(field, section);
  if (field.local) return ((value as LocalText | undefined)?.[language] ?? '').trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== null && value !== undefined;
}

/** Something the guidebook asks for that is not stated. */
export interface Missing {
  readonly section: Section;
  /** Absent: a whole row is missing (no place, no camera, no recipient). */
  readonly field?: Field;
  readonly label: Text;
  readonly case?: CaseId;
  /** Which row of a list, from 0. */
  readonly row?: number;
}

/** Needed fields of one section's value that are not stated. */
const lacking = (
  section: Section,
  value: unknown,
  language: PublicLanguage,
  where: Pick<Missing, 'case' | 'row'>,
): Missing[] =>
  fieldsOf(section, where.case)
    .filter((field) => field.needed && !isStated(field, value, language))
    .map((field) => ({ section, field, label: field.label, ...where }));

/** What is not stated of one case: the plan, its cameras, its recipients. */
function lackingOfPlan(id: CaseId, plan: CasePlan, language: PublicLanguage): Missing[] {
  const missing = lacking('case', plan, language, { case: id });
  // A camera on a vehicle hangs nowhere: fleet and routes say where it films.
  if (id !== 'streetscape' && plan.cameras.length === 0)
    missing.push({ section: 'camera', label: m.guidebook_missing_no_camera, case: id });
  plan.cameras.forEach((camera, row) =>
    missing.push(...lacking('camera', camera, language, { case: id, row })),
  );
  if (plan.thirdParty === 'yes' && plan.recipients.length === 0)
    missing.push({ section: 'recipient', label: m.guidebook_missing_no_recipient, case: id });
  if (plan.thirdParty === 'yes')
    plan.recipients.forEach((recipient, row) =>
      missing.push(...lacking('recipient', recipient, language, { case: id, row })),
    );
  return missing;
}

/**
 * What is needed and not stated, in one language.
 *
 * @param only one case; absent: all cases in use
 */
export function missingItems(file: OperatorFile, language: PublicLanguage, only?: CaseId): Missing[] {
  const missing: Missing[] = [
    ...lacking('operator', file.operator, language, {}),
    ...lacking('contact', file.contact, language, {}),
  ];
  if (file.places.length === 0) missing.push({ section: 'place', label: m.guidebook_missing_no_place });
  file.places.forEach((place, row) => missing.push(...lacking('place', place, language, { row })));
  file.partners.forEach((partner, row) => missing.push(...lacking('partner', partner, language, { row })));
  const plans = Object.entries(file.cases).filter(([id]) => !only || id === only) as [CaseId, CasePlan][];
  if (plans.length === 0) missing.push({ section: 'case', label: m.guidebook_missing_no_case });
  for (const [id, plan] of plans) missing.push(...lackingOfPlan(id, plan, language));
  return missing;
}

/** A retention in words. */
export function retentionText(retention: Retention, options?: Parameters<Text>[1]): string {
  switch (retention?.kind) {
    case undefined:
      return m.guidebook_retention_unset({}, options);
    case 'none':
      return m.guidebook_retention_none({}, options);
    case 'days':
      return m.guidebook_retention_days_text({ n: String(retention.days) }, options);
    case 'hand-over':
      return m.guidebook_retention_hand_over({}, options);
    case 'unlimited':
      return m.guidebook_retention_unlimited({}, options);
  }
}
