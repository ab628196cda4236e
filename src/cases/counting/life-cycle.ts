/** The life cycle of the data of counting. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

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
    FRAME,
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
