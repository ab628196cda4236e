/** What case 4 does with data. */
import { m } from '../../paraglide/messages.js';
import type { LifeCycle } from '../life-cycle.ts';

export const COUNTING: LifeCycle = {
  id: 'counting',
  number: 4,
  place: m.place_outdoor,
  name: m.case_counting,
  title: m.case_counting_title,
  purpose: m.case_counting_purpose,
  sees: m.case_counting_sees,
  kept: m.case_counting_kept,
  destroyed: m.case_counting_destroyed,
  stages: { infer: m.case_counting_infer, extract: m.case_counting_extract },
  data: [
    {
      what: m.data_frame,
      how: m.data_frame_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_frame,
      identifies: true,
      ledger: 'frames',
    },
    {
      what: m.data_count_record,
      how: m.data_count_record_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_while_open,
      identifies: false,
      ledger: 'records',
    },
  ],
};
