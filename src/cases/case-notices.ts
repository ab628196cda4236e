/** What the six cases tell their notices. */
import type { CaseId } from '../../contract/index.ts';
import type { CaseNotice } from './shared/case-notice.ts';
import { ATTRIBUTES_NOTICE } from './attributes/notice.ts';
import { COUNTING_NOTICE } from './counting/notice.ts';
import { CROWDING_NOTICE } from './crowding/notice.ts';
import { REPEAT_VISITS_NOTICE } from './repeat-visits/notice.ts';
import { STREETSCAPE_NOTICE } from './streetscape/notice.ts';
import { TRAJECTORIES_NOTICE } from './trajectories/notice.ts';

export const CASE_NOTICES: Readonly<Record<CaseId, CaseNotice>> = {
  attributes: ATTRIBUTES_NOTICE,
  trajectories: TRAJECTORIES_NOTICE,
  'repeat-visits': REPEAT_VISITS_NOTICE,
  counting: COUNTING_NOTICE,
  streetscape: STREETSCAPE_NOTICE,
  crowding: CROWDING_NOTICE,
};
