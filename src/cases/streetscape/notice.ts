/** What case 5 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const STREETSCAPE_NOTICE: CaseNotice = {
  activity: m.notice_activity_streetscape,
  carrier: 'vehicle',
  faces: 'none',
  published: false,
  scene: 'taxi',
  drawings: ['frame', 'frame-low', 'picture-icons', 'sign'],
};
