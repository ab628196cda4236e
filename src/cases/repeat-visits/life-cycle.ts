/** The life cycle of the data of repeat visits. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

export const REPEAT_VISITS: LifeCycle = {
  id: 'repeat-visits',
  number: 3,
  place: m.place_shop,
  name: m.case_repeat_visits,
  title: m.case_repeat_visits_title,
  purpose: m.case_repeat_visits_purpose,
  sees: m.case_repeat_visits_sees,
  kept: m.case_repeat_visits_kept,
  destroyed: m.case_repeat_visits_destroyed,
  stages: { infer: m.case_repeat_visits_infer, extract: m.case_repeat_visits_extract },
  data: [
    FRAME,
    {
      what: m.data_face_crop,
      how: m.data_face_crop_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_vector,
      identifies: true,
      ledger: 'crops',
    },
    {
      what: m.data_vector,
      how: m.data_vector_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_retention,
      identifies: true,
      ledger: 'vectors',
    },
    {
      what: m.data_visit_record,
      how: m.data_visit_record_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_while_open,
      identifies: false,
      ledger: 'records',
    },
  ],
};
