/** What case 2 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const TRAJECTORIES_NOTICE: CaseNotice = {
  activity: m.notice_activity_trajectories,
  carrier: 'place',
  faces: 'none',
  published: false,
  scene: 'shop-floor',
  drawings: ['frame', 'flow-line', 'share', 'heat'],
};
