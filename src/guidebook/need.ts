/**
 * Is a camera needed? What is to be known, under which conditions, decides which other ways would do (seed 004, summary;
 * guidebook ver3.0, 3.2). The verdicts are the project's own judgement of what each kind of sensor can tell by its
 * principle; they hold no measured figures and say none.
 */
import type { CaseId } from '../../contract/index.ts';
import type { Text } from '../cases/shared/life-cycle.ts';
import { m } from '../paraglide/messages.js';

/** Uses that the guidebook leaves to separate consideration (seed 004, scope). */
export const OUT_OF_SCOPE = [
  'crime',
  'member',
  'sensitive',
  'consent',
  'share',
  'abroad',
  'private',
  'identify',
] as const;
export type OutOfScope = (typeof OUT_OF_SCOPE)[number];

export const OUT_TEXT: Record<OutOfScope, { readonly what: Text; readonly where: Text }> = {
  crime: { what: m.guidebook_out_crime, where: m.guidebook_out_crime_where },
  member: { what: m.guidebook_out_member, where: m.guidebook_out_member_where },
  sensitive: { what: m.guidebook_out_sensitive, where: m.guidebook_out_sensitive_where },
  consent: { what: m.guidebook_out_consent, where: m.guidebook_out_consent_where },
  share: { what: m.guidebook_out_share, where: m.guidebook_out_share_where },
  abroad: { what: m.guidebook_out_abroad, where: m.guidebook_out_abroad_where },
  private: { what: m.guidebook_out_private, where: m.guidebook_out_private_where },
  identify: { what: m.guidebook_out_identify, where: m.guidebook_out_identify_where },
};

export const MEANS = [
  'beam',
  'thermal',
  'mat',
  'wifi',
  'ticket',
  'manual',
  'radar',
  'survey',
  'maps',
] as const;
export type Means = (typeof MEANS)[number];

export const COSTS = ['none', 'low', 'middle', 'high'] as const;
export type Cost = (typeof COSTS)[number];

export const MEANS_TEXT: Record<Means, { readonly name: Text; readonly limits: Text; readonly cost: Cost }> =
  {
    beam: { name: m.guidebook_means_beam, limits: m.guidebook_means_beam_limits, cost: 'none' },
    thermal: { name: m.guidebook_means_thermal, limits: m.guidebook_means_thermal_limits, cost: 'low' },
    mat: { name: m.guidebook_means_mat, limits: m.guidebook_means_mat_limits, cost: 'none' },
    wifi: { name: m.guidebook_means_wifi, limits: m.guidebook_means_wifi_limits, cost: 'middle' },
    ticket: { name: m.guidebook_means_ticket, limits: m.guidebook_means_ticket_limits, cost: 'low' },
    manual: { name: m.guidebook_means_manual, limits: m.guidebook_means_manual_limits, cost: 'low' },
    radar: { name: m.guidebook_means_radar, limits: m.guidebook_means_radar_limits, cost: 'none' },
    survey: { name: m.guidebook_means_survey, limits: m.guidebook_means_survey_limits, cost: 'none' },
    maps: { name: m.guidebook_means_maps, limits: m.guidebook_means_maps_limits, cost: 'none' },
  };

/** How far a way answers a wish. */
export type Fit = 'enough' | 'partly' | 'no';

export const WANTS = [
  'passers',
  'presence',
  'crowd',
  'movement',
  'attributes',
  'repeat',
  'kinds',
  'street',
] as const;
export type Want = (typeof WANTS)[number];

interface Wish {
  readonly text: Text;
  /** The guidebook's case that gives it; absent: no case is for it. */
  readonly camera?: CaseId;
  /** Ways that are not named do not fit. */
  readonly fits: Partial<Readonly<Record<Means, Exclude<Fit, 'no'>>>>;
}

export const WISHES: Record<Want, Wish> = {
  passers: {
    text: m.guidebook_want_passers,
    camera: 'counting',
    fits: {
      beam: 'enough',
      thermal: 'enough',
      mat: 'partly',
      ticket: 'partly',
      manual: 'enough',
      wifi: 'partly',
    },
  },
  presence: {
    text: m.guidebook_want_presence,
    fits: { thermal: 'enough', mat: 'enough', beam: 'partly', manual: 'partly' },
  },
  crowd: {
    text: m.guidebook_want_crowd,
    camera: 'crowding',
    fits: { thermal: 'partly', wifi: 'partly', ticket: 'partly', manual: 'partly' },
  },
  movement: {
    text: m.guidebook_want_movement,
    camera: 'trajectories',
    fits: { thermal: 'partly', wifi: 'partly', mat: 'partly', manual: 'partly' },
  },
  attributes: {
    text: m.guidebook_want_attributes,
    camera: 'attributes',
    fits: { survey: 'partly', manual: 'partly' },
  },
  repeat: {
    text: m.guidebook_want_repeat,
    camera: 'repeat-visits',
    fits: { survey: 'partly', ticket: 'partly' },
  },
  kinds: {
    text: m.guidebook_want_kinds,
    camera: 'counting',
    fits: { manual: 'enough', radar: 'partly' },
  },
  street: {
    text: m.guidebook_want_street,
    camera: 'streetscape',
    fits: { manual: 'enough', maps: 'partly' },
  },
};

export const CONDITIONS = ['continuous', 'outdoors', 'wide'] as const;
export type Condition = (typeof CONDITIONS)[number];

export const CONDITION_TEXT: Record<Condition, Text> = {
  continuous: m.guidebook_cond_continuous,
  outdoors: m.guidebook_cond_outdoors,
  wide: m.guidebook_cond_wide,
};

/** What a condition makes of a way that would fit without it. */
const WORSE: Record<Condition, Partial<Readonly<Record<Means, Exclude<Fit, 'enough'>>>>> = {
  continuous: { manual: 'no', survey: 'partly' },
  outdoors: { beam: 'partly', thermal: 'partly', mat: 'no' },
  wide: { beam: 'partly', mat: 'partly' },
};

const RANK: Record<Fit, number> = { enough: 0, partly: 1, no: 2 };
const worst = (fits: readonly Fit[]): Fit => fits.reduce((a, b) => (RANK[a] >= RANK[b] ? a : b));

export interface Way {
  readonly means: Means;
  readonly fit: Fit;
  readonly cost: Cost;
}

/** Every way without a camera: what fits first, and of equals what costs people least. */
export function waysFor(want: Want, conditions: readonly Condition[]): Way[] {
  const { fits } = WISHES[want];
  return MEANS.map((means) => ({
    means,
    fit: worst([fits[means] ?? 'no', ...conditions.flatMap((condition) => WORSE[condition][means] ?? [])]),
    cost: MEANS_TEXT[means].cost,
  })).sort((a, b) => RANK[a.fit] - RANK[b.fit] || COSTS.indexOf(a.cost) - COSTS.indexOf(b.cost));
}

/** The best that can be had without a camera. */
export const withoutCamera = (ways: readonly Way[]): Fit => ways[0]?.fit ?? 'no';
