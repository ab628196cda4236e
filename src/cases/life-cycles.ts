/** The life cycles of all six cases. */
import type { CaseId } from '../../contract/index.ts';
import { ATTRIBUTES } from './attributes/life-cycle.ts';
import { COUNTING } from './counting/life-cycle.ts';
import { CROWDING } from './crowding/life-cycle.ts';
import type { LifeCycle } from './shared/life-cycle.ts';
import { REPEAT_VISITS } from './repeat-visits/life-cycle.ts';
import { STREETSCAPE } from './streetscape/life-cycle.ts';
import { TRAJECTORIES } from './trajectories/life-cycle.ts';

export const LIFE_CYCLES: Readonly<Record<CaseId, LifeCycle>> = {
  attributes: ATTRIBUTES,
  trajectories: TRAJECTORIES,
  'repeat-visits': REPEAT_VISITS,
  counting: COUNTING,
  streetscape: STREETSCAPE,
  crowding: CROWDING,
};
