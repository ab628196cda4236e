/** The specs of all cases. */
import type { CaseId } from '../../contract/index.ts';
import { ATTRIBUTES_SPEC } from './attributes/session.svelte.ts';
import { COUNTING_SPEC } from './counting/session.svelte.ts';
import { CROWDING_SPEC } from './crowding/session.svelte.ts';
import type { CaseRecords } from './shared/records.svelte.ts';
import type { CaseSpec } from './shared/session.svelte.ts';
import type { SampleFile } from './shared/source.ts';
import { REPEAT_VISITS_SPEC } from './repeat-visits/session.svelte.ts';
import { STREETSCAPE_SPEC } from './streetscape/session.svelte.ts';
import { TRAJECTORIES_SPEC } from './trajectories/session.svelte.ts';

type AnySpec = CaseSpec<CaseRecords, SampleFile>;

export const SPECS: Readonly<Record<CaseId, AnySpec>> = {
  attributes: ATTRIBUTES_SPEC as unknown as AnySpec,
  trajectories: TRAJECTORIES_SPEC as unknown as AnySpec,
  'repeat-visits': REPEAT_VISITS_SPEC as unknown as AnySpec,
  counting: COUNTING_SPEC as unknown as AnySpec,
  streetscape: STREETSCAPE_SPEC as unknown as AnySpec,
  crowding: CROWDING_SPEC as unknown as AnySpec,
};
