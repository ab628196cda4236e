/** How each case is set up, for code that deals with several cases at once. The start of the site does without it. */
import type { CaseId } from '../../contract/index.ts';
import { ATTRIBUTES_SPEC } from './attributes/session.svelte.ts';
import { COUNTING_SPEC } from './counting/session.svelte.ts';
import { CROWDING_SPEC } from './crowding/session.svelte.ts';
import { REPEAT_VISITS_SPEC } from './repeat-visits/session.svelte.ts';
import type { CaseRecords } from './shared/records.svelte.ts';
import type { CaseSpec } from './shared/case-spec.ts';
import type { SampleFile } from './shared/source.ts';
import { STREETSCAPE_SPEC } from './streetscape/session.svelte.ts';
import { TRAJECTORIES_SPEC } from './trajectories/session.svelte.ts';

/** A spec whose records and sample are not known in detail. */
export type AnySpec = CaseSpec<CaseRecords, SampleFile>;

export const SPECS: { readonly [Id in CaseId]: AnySpec } = {
  attributes: ATTRIBUTES_SPEC,
  trajectories: TRAJECTORIES_SPEC,
  'repeat-visits': REPEAT_VISITS_SPEC,
  counting: COUNTING_SPEC,
  streetscape: STREETSCAPE_SPEC,
  crowding: CROWDING_SPEC,
};
