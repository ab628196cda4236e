/** What case 1 tells its notices. */
import { m } from '../../paraglide/messages.js';
import type { CaseNotice } from '../shared/case-notice.ts';

export const ATTRIBUTES_NOTICE: CaseNotice = {
  activity: m.notice_activity_attributes,
  carrier: 'place',
  faces: 'attributes',
  published: false,
  scene: 'shop-door',
  drawings: ['frame', 'face', 'sums', 'age-band'],
};
