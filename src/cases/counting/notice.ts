/** What case 4 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const COUNTING_NOTICE: CaseNotice = {
  activity: m.notice_activity_counting,
  carrier: 'place',
  faces: 'none',
  published: false,
  scene: 'street',
  drawings: ['frame', 'numbers'],
};
