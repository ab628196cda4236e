/** The page's side of each case. A case of the contract that is missing here does not compile. */
import { CASES, type CaseId } from '../../contract/index.ts';
import { definition as attributes } from './attributes/index.ts';
import { definition as counting } from './counting/index.ts';
import { definition as crowding } from './crowding/index.ts';
import { definition as repeatVisits } from './repeat-visits/index.ts';
import type { CaseDefinition } from './shared/definition.ts';
import type { LifeCycle } from './shared/life-cycle.ts';
import { definition as streetscape } from './streetscape/index.ts';
import { definition as trajectories } from './trajectories/index.ts';

export const CASE_DEFINITIONS: { readonly [Id in CaseId]: CaseDefinition } = {
  attributes,
  trajectories,
  'repeat-visits': repeatVisits,
  counting,
  streetscape,
  crowding,
};

export const LIFE_CYCLES = Object.fromEntries(
  CASES.map((id) => [id, CASE_DEFINITIONS[id].lifeCycle]),
) as Readonly<Record<CaseId, LifeCycle>>;
