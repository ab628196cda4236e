/** What case 6 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const CROWDING_NOTICE: CaseNotice = {
  activity: m.notice_activity_crowding,
  carrier: 'place',
  faces: 'none',
  published: true,
  scene: 'gate',
  drawings: ['frame', 'background', 'picture-icons', 'crowd'],
};
