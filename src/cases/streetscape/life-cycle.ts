/** The life cycle of the data of streetscape. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

export const STREETSCAPE: LifeCycle = {
  id: 'streetscape',
  number: 5,
  place: m.place_outdoor,
  name: m.case_streetscape,
  title: m.case_streetscape_title,
  purpose: m.case_streetscape_purpose,
  sees: m.case_streetscape_sees,
  kept: m.case_streetscape_kept,
  destroyed: m.case_streetscape_destroyed,
  stages: { infer: m.case_streetscape_infer, extract: m.case_streetscape_extract },
  data: [
    { ...FRAME, until: m.until_after_lowering },
    {
      what: m.data_frame_low,
      how: m.data_frame_low_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_frame,
      identifies: false,
    },
    {
      what: m.data_street_picture,
      how: m.data_street_picture_how,
      where: 'outside',
      fate: 'handed-over',
      until: m.until_after_hand_over,
      identifies: false,
      ledger: 'pictures',
    },
    {
      what: m.data_street_record,
      how: m.data_street_record_how,
      where: 'outside',
      fate: 'handed-over',
      until: m.until_after_hand_over,
      identifies: false,
      ledger: 'records',
    },
  ],
};
