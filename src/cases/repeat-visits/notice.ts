/** What case 3 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const REPEAT_VISITS_NOTICE: CaseNotice = {
  activity: m.notice_activity_repeat_visits,
  carrier: 'place',
  faces: 'recognition',
  published: false,
  scene: 'shop-door',
  drawings: ['frame', 'face', 'vector', 'visits'],
};
