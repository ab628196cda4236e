/**
 * All cases, in the order of the guidebook. `CASES`, `CaseConfig`, `CaseCommand` and the records of the cases are derived
 * from this list; the camera (`workers/camera/cases/index.ts`) and the page (`src/cases/index.ts`) do not compile
 * without their side of each case.
 */
import * as v from 'valibot';
import { ATTRIBUTES_CASE } from './attributes.ts';
import { COUNTING_CASE } from './counting.ts';
import { CROWDING_CASE } from './crowding.ts';
import { REPEAT_VISITS_CASE } from './repeat-visits.ts';
import { STREETSCAPE_CASE } from './streetscape.ts';
import { TRAJECTORIES_CASE } from './trajectories.ts';
import type { Role } from '../enums.ts';

const ALL = [
  ATTRIBUTES_CASE,
  TRAJECTORIES_CASE,
  REPEAT_VISITS_CASE,
  COUNTING_CASE,
  STREETSCAPE_CASE,
  CROWDING_CASE,
] as const;

type AnyCase = (typeof ALL)[number];
export type CaseId = AnyCase['id'];

/** Ids of the cases, in the order of the guidebook. */
export const CASES: readonly CaseId[] = ALL.map(({ id }) => id);

/** Each case's side of the contract, by id. */
export const CASE_CONTRACTS = Object.fromEntries(
  ALL.map((contract) => [contract.id, contract]),
) as unknown as {
  readonly [Contract in AnyCase as Contract['id']]: Contract;
};

/** Roles that a case needs models for, the detector first. */
export const needsOf = (id: CaseId): readonly [Role, ...Role[]] => CASE_CONTRACTS[id].needs;

/** Cases that may give out iconised pictures. */
export type PictureCaseId = Extract<AnyCase, { pictures: true }>['id'];
export const PICTURE_CASES = ALL.filter(({ pictures }) => pictures).map(({ id }) => id) as PictureCaseId[];

/** What the page tells a case. */
export const CaseConfig = v.variant(
  'case',
  ALL.map(({ config }): AnyCase['config'] => config),
);
export type CaseConfig = v.InferOutput<typeof CaseConfig>;
/** The configuration of one case. */
export type CaseConfigOf<Id extends CaseId> = Extract<CaseConfig, { case: Id }>;

/** What a case can be asked to do once, apart from looking at frames. */
export const CaseCommand = v.variant(
  'case',
  ALL.flatMap(({ commands }): AnyCase['commands'][number][] => [...commands]),
);
export type CaseCommand = v.InferOutput<typeof CaseCommand>;

/** Schemas of everything that the cases tell; `records.ts` adds what the camera itself tells. */
export const CASE_RECORDS = ALL.flatMap(({ records }): AnyCase['records'][number][] => [...records]);
