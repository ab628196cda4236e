/**
 * What the guidebook asks of an operator, in both orders: the fourteen duties (seed 001) and the checklist of planning,
 * design, operation and management (seed 003). Each item is made of parts: facts the software shows, fields of the
 * operator's file, and the operator's own answer.
 */
import type { CaseId } from '../../contract/index.ts';
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';
import { identifiesPeople, type CheckId } from './checks.ts';
import type { Section } from './fields.ts';

/** Fields by section: `operator.name`; a whole row by its section: `place`. */
export type FieldRef = `${Section}.${string}`;

export type Part =
  | { readonly kind: 'software'; readonly check: CheckId }
  | { readonly kind: 'form'; readonly fields: readonly FieldRef[] }
  | { readonly kind: 'answer' };

export interface ChecklistItem {
  readonly id: string;
  readonly label: Text;
  /** What the guidebook asks, in a sentence. */
  readonly ask?: Text;
  readonly parts: readonly Part[];
  /** Only where the extracted data identify a person, or only where they do not. */
  readonly branch?: 'yes' | 'no';
  readonly cases?: readonly CaseId[];
  /** Number of the duty, 1 to 14. */
  readonly duty?: number;
}

export interface ChecklistGroup {
  readonly id: string;
  readonly label: Text;
  readonly items: readonly ChecklistItem[];
}

const software = (...checks: CheckId[]): Part[] => checks.map((check) => ({ kind: 'software', check }));
const form = (...fields: FieldRef[]): Part => ({ kind: 'form', fields });
const ANSWER: Part = { kind: 'answer' };

const PEOPLE = ['place.device', 'place.storage', 'place.network', 'operator.administrator'] as const;
const CONTACT = ['contact.desk', 'contact.mail', 'contact.phone', 'contact.complaints'] as const;
const CONTENT = [
  'case.purpose',
  'operator.name',
  'contact.desk',
  'case.benefit',
  'camera.position',
  'camera.coverage',
  'case.vehicles',
  'case.routes',
  'case.linked',
  'case.thirdParty',
  'recipient.name',
  'case.start',
] as const;
const AT_ACQUISITION = [
  'case.hours',
  'case.retention.records',
  'case.retention.vectors',
  'case.procedure',
  'case.answerForms',
  'operator.url',
] as const;

const duty = (n: number, label: Text, ask: Text, ...parts: Part[]): ChecklistItem => ({
  id: `duty-${n}`,
  duty: n,
  label,
  ask,
  parts,
});

export const DUTIES: readonly ChecklistGroup[] = [
  {
    id: 'basic',
    label: m.guidebook_group_basic,
    items: [
      duty(
        1,
        m.guidebook_duty_1,
        m.guidebook_duty_1_ask,
        ...software('life-cycle', 'assessment'),
        form(...PEOPLE, ...CONTACT),
      ),
    ],
  },
  {
    id: 'prior',
    label: m.guidebook_group_prior,
    items: [
      duty(2, m.guidebook_duty_2, m.guidebook_duty_2_ask, ...software('notice-month'), ANSWER),
      duty(3, m.guidebook_duty_3, m.guidebook_duty_3_ask, ...software('identifies'), form(...CONTENT)),
      duty(4, m.guidebook_duty_4, m.guidebook_duty_4_ask, ...software('languages')),
    ],
  },
  {
    id: 'acquisition',
    label: m.guidebook_group_acquisition,
    items: [
      duty(5, m.guidebook_duty_5, m.guidebook_duty_5_ask, form('operator.url'), ANSWER),
      duty(
        6,
        m.guidebook_duty_6,
        m.guidebook_duty_6_ask,
        ...software('identifies', 'retention'),
        form(...CONTENT, ...AT_ACQUISITION),
      ),
      duty(7, m.guidebook_duty_7, m.guidebook_duty_7_ask, ...software('languages')),
    ],
  },
  {
    id: 'handling',
    label: m.guidebook_group_handling,
    items: [
      duty(
        8,
        m.guidebook_duty_8,
        m.guidebook_duty_8_ask,
        ...software('frames', 'life-time', 'crops', 'vectors', 'wiped'),
      ),
      duty(9, m.guidebook_duty_9, m.guidebook_duty_9_ask, ...software('stages', 'models', 'assessment')),
      duty(10, m.guidebook_duty_10, m.guidebook_duty_10_ask, ...software('stored-form', 'out', 'pictures')),
    ],
  },
  {
    id: 'management',
    label: m.guidebook_group_management,
    items: [
      duty(
        11,
        m.guidebook_duty_11,
        m.guidebook_duty_11_ask,
        ...software('gate', 'csp'),
        form('operator.security'),
      ),
      duty(
        12,
        m.guidebook_duty_12,
        m.guidebook_duty_12_ask,
        ...software('retention'),
        form(
          'case.useRange',
          'case.access',
          'case.retention.records',
          'case.retention.vectors',
          'operator.dataManager',
        ),
      ),
      duty(
        13,
        m.guidebook_duty_13,
        m.guidebook_duty_13_ask,
        form('case.thirdParty', 'recipient.name', 'recipient.purpose', 'recipient.contract'),
      ),
      duty(14, m.guidebook_duty_14, m.guidebook_duty_14_ask, ...software('changes'), ANSWER),
    ],
  },
];

const item = (id: string, label: Text, ...parts: Part[]): ChecklistItem => ({ id, label, parts });

export const STAGES_OF_USE: readonly ChecklistGroup[] = [
  {
    id: 'plan-environment',
    label: m.guidebook_stage_plan_environment,
    items: [
      item('laws', m.guidebook_c_laws, ANSWER),
      item(
        'permits',
        m.guidebook_c_permits,
        form('case.permits.road.state', 'case.permits.ordinance.state', 'case.permits.radio.state'),
      ),
    ],
  },
  {
    id: 'plan-purpose',
    label: m.guidebook_stage_plan_purpose,
    items: [
      item('purpose', m.guidebook_c_purpose, form('case.purpose')),
      item('legitimacy', m.guidebook_c_legitimacy, ANSWER),
    ],
  },
  {
    id: 'plan-whole',
    label: m.guidebook_stage_plan_whole,
    items: [
      item('pia', m.guidebook_c_pia, ...software('assessment')),
      item('resources', m.guidebook_c_resources, ANSWER),
      item('small-start', m.guidebook_c_small_start, ANSWER),
      item('advice', m.guidebook_c_advice, ANSWER),
    ],
  },
  {
    id: 'design-method',
    label: m.guidebook_stage_design_method,
    items: [
      item('personal', m.guidebook_c_personal, ...software('identifies')),
      item('life', m.guidebook_c_life, ...software('life-cycle', 'stages')),
      item(
        'partners',
        m.guidebook_c_partners,
        form('place.device', 'place.storage', 'place.network', 'partner.role'),
      ),
    ],
  },
  {
    id: 'design-risk',
    label: m.guidebook_stage_design_risk,
    items: [
      item('pia-design', m.guidebook_c_pia, ...software('assessment')),
      item('risk-measures', m.guidebook_c_risk_measures, ANSWER),
    ],
  },
  {
    id: 'design-rules',
    label: m.guidebook_stage_design_rules,
    items: [
      item('rules-enquiries', m.guidebook_c_rules_enquiries, ANSWER),
      item('rules-leaks', m.guidebook_c_rules_leaks, ANSWER),
    ],
  },
  {
    id: 'design-staff',
    label: m.guidebook_stage_design_staff,
    items: [
      item(
        'organisation',
        m.guidebook_c_organisation,
        form('operator.administrator', 'operator.dataManager'),
      ),
      item('one-contact', m.guidebook_c_one_contact, form(...CONTACT)),
      item('training', m.guidebook_c_training, ANSWER),
    ],
  },
  {
    id: 'run-prior',
    label: m.guidebook_stage_run_prior,
    items: [
      item('month-web', m.guidebook_c_month_web, ...software('notice-month'), ANSWER),
      item('month-shop', m.guidebook_c_month_shop, ...software('notice-month'), ANSWER),
    ],
  },
  {
    id: 'run-prior-content',
    label: m.guidebook_stage_run_prior_content,
    items: [
      item('content-purpose', m.guidebook_c_content_purpose, form('case.purpose')),
      item('content-benefit', m.guidebook_c_content_benefit, form('case.benefit')),
      item('content-data', m.guidebook_c_content_data, ...software('life-cycle')),
      item('content-handling', m.guidebook_c_content_handling, form('case.useRange', 'case.access')),
      item(
        'content-period',
        m.guidebook_c_content_period,
        form('case.start', 'case.hours', 'camera.coverage', 'case.routes'),
      ),
      item(
        'content-retention',
        m.guidebook_c_content_retention,
        ...software('retention'),
        form('case.retention.records', 'case.retention.vectors'),
      ),
      item(
        'content-contact',
        m.guidebook_c_content_contact,
        form('contact.desk', 'contact.mail', 'contact.phone'),
      ),
    ],
  },
  {
    id: 'run-notice',
    label: m.guidebook_stage_run_notice,
    items: [
      item('posted-place', m.guidebook_c_posted_place, ANSWER),
      item('posted-camera', m.guidebook_c_posted_camera, ANSWER),
      item('posted-web', m.guidebook_c_posted_web, form('operator.url'), ANSWER),
    ],
  },
  {
    id: 'run-handling',
    label: m.guidebook_stage_run_handling,
    items: [
      {
        ...item('destroy-yes', m.guidebook_c_destroy_yes, ...software('vectors', 'retention')),
        branch: 'yes',
      },
      {
        ...item('destroy-no', m.guidebook_c_destroy_no, ...software('frames', 'vectors', 'wiped')),
        branch: 'no',
      },
      {
        ...item('keep-yes', m.guidebook_c_keep_yes, ...software('stored-form', 'out', 'pictures')),
        branch: 'yes',
      },
      {
        ...item('keep-no', m.guidebook_c_keep_no, ...software('stored-form', 'out', 'pictures')),
        branch: 'no',
      },
      item('recording', m.guidebook_c_recording, ...software('no-recording')),
    ],
  },
  {
    id: 'manage-access',
    label: m.guidebook_stage_manage_access,
    items: [
      item('inside', m.guidebook_c_inside, form('case.useRange')),
      item('owner', m.guidebook_c_owner, form('operator.dataManager', 'partner.name')),
      item('unseen', m.guidebook_c_unseen, ...software('glass'), ANSWER),
      item('admin-only', m.guidebook_c_admin_only, form('case.access')),
    ],
  },
  {
    id: 'manage-enquiries',
    label: m.guidebook_stage_manage_enquiries,
    items: [
      item('enquiries', m.guidebook_c_enquiries, form(...CONTACT), ANSWER),
      {
        ...item(
          'disclosure',
          m.guidebook_c_disclosure,
          ...software('desk'),
          form('case.procedure', 'case.answerForms'),
        ),
        branch: 'yes',
      },
      item('dialogue', m.guidebook_c_dialogue, ...software('opinions'), ANSWER),
      item(
        'no-third-web',
        m.guidebook_c_no_third_web,
        form('case.thirdParty', 'recipient.name', 'operator.url'),
      ),
    ],
  },
];

/** Whether an item concerns a case at all: the fork "identifies a person" decides. */
export const concerns = ({ branch, cases }: ChecklistItem, id: CaseId): boolean =>
  (!cases || cases.includes(id)) && (!branch || (branch === 'yes') === identifiesPeople(id));
