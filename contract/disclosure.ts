/**
 * Disclosure control: the one stated policy of each case, how finely its records may tell of people. The camera enforces
 * it on real sources before the gate (`workers/camera/disclosure`); the page, the notices and the risk analysis state it from
 * here. On synthetic sources, which show no person, it is relaxed, and the records are marked.
 *
 * | case | on real sources |
 * | --- | --- |
 * | 1 | Records leave at the end of a bin, in groups of k or more of the same age band and sex, with the group's quality. |
 * | 2 | Sums over k or more people leave on a schedule; what one person adds is bounded; noise is optional. |
 * | 3 | Visits leave in batches of k or more, on the case's own clock; "which visit" says first or returning only. |
 * | 4 | Counts leave at the end of a bin, with its time; speed and height are means over k or more. |
 * | 5 | Facts of the street, none of people; people are covered in the pictures. |
 * | 6 | Numbers, and icons without any attribute; nothing connects two pictures. |
 */
import * as v from 'valibot';
import { CASES, type CaseConfig } from './cases/index.ts';
import { BIN_S, K_RANGE, MIN_REAL_K, Noise, RELEASE_S, peopleK } from './disclosure-terms.ts';
import { amount, type SourceKind } from './enums.ts';

/** Sources that show no real person: what the site itself made. */
const SYNTHETIC: readonly SourceKind[] = ['sample', 'pattern', 'scene'];
/** Whether a source shows no real person. */
export const isSynthetic = (kind: SourceKind): boolean => SYNTHETIC.includes(kind);

export const DISCLOSURE_MODES = ['enforced', 'relaxed'] as const;
export type DisclosureMode = (typeof DISCLOSURE_MODES)[number];

/** What is in force for one case. A field is absent where the case has no such rule. */
export interface Policy {
  readonly case: CaseConfig['case'];
  readonly mode: DisclosureMode;
  /** Minimum number of people in a figure, or in a group of records. */
  readonly k?: number | undefined;
  /** Length of a time bin in seconds: records leave at its end, and carry no finer time. */
  readonly binS?: number | undefined;
  readonly noise?: Noise | undefined;
}

/** Maximum contribution of one person to one figure of case 2 in one release. */
export const MAX_SHARE = {
  /** Seconds in a cell of the floor. */
  cellS: 60,
  /** Cells of the floor. */
  cells: 128,
  trips: 2,
  visits: 3,
  /** Seconds of one visit. */
  stayS: 600,
} as const;

/** In case 3 on real sources, any further visit is "a returning visitor", and a longer absence is this many days. */
export const MAX_TOLD_VISIT = 2;
export const MAX_TOLD_DAYS = 10;

/** Steps of the quality in records of groups. */
export const QUALITY_STEP = 0.2;

/**
 * The policy in force.
 * @param kind the source; absent: real footage, as notices and the risk analysis state it
 */
export function policyOf(config: CaseConfig, kind?: SourceKind): Policy {
  const mode = kind !== undefined && isSynthetic(kind) ? 'relaxed' : 'enforced';
  const common = { case: config.case, mode } as const;
  switch (config.case) {
    case 'trajectories': {
      const { k, everyS, noise } = config;
      const binS = mode === 'enforced' ? Math.max(everyS, RELEASE_S.min) : everyS;
      return { ...common, k, binS, ...(noise && { noise }) };
    }
    case 'attributes':
    case 'counting':
    case 'repeat-visits': {
      if (mode === 'relaxed') return common;
      const { k = K_RANGE.default, binS = BIN_S.default } = config;
      return { ...common, k, binS };
    }
    case 'streetscape':
    case 'crowding':
      return common;
  }
}

/** Whether the camera refuses the policy, because single people would show. */
export const isTooFine = ({ mode, k }: Policy): boolean =>
  mode === 'enforced' && k !== undefined && k < MIN_REAL_K;

/**
 * Half the width of the 95 % interval of discrete Laplace noise: |noise| is at most this in 95 of 100 releases.
 * @param epsilon privacy loss spent on this value
 * @param share maximum contribution of one person to the value
 */
export function noiseError95(epsilon: number, share: number): number {
  const alpha = Math.exp(-epsilon / share);
  // P(|X| > t) = 2 alpha^(t + 1) / (1 + alpha)
  return Math.max(0, Math.ceil(Math.log((0.05 * (1 + alpha)) / 2) / Math.log(alpha) - 1));
}

/** The camera's own word on what is in force for a case; it tells of no person. */
export const DisclosureRecord = v.strictObject({
  type: v.literal('disclosure'),
  about: v.picklist(CASES),
  mode: v.picklist(DISCLOSURE_MODES),
  k: v.optional(peopleK),
  binS: v.optional(amount),
  noise: v.optional(Noise),
  /** Source time of the next release, in seconds. Absent: records leave at once. */
  nextS: v.optional(amount),
});
