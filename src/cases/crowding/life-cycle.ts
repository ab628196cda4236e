/** The life cycle of the data of crowding. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

export const CROWDING: LifeCycle = {
  id: 'crowding',
  number: 6,
  place: m.place_station,
  name: m.case_crowding,
  title: m.case_crowding_title,
  purpose: m.case_crowding_purpose,
  sees: m.case_crowding_sees,
  kept: m.case_crowding_kept,
  destroyed: m.case_crowding_destroyed,
  stages: { infer: m.case_crowding_infer, extract: m.case_crowding_extract },
  data: [
    FRAME,
    {
      what: m.data_background,
      how: m.data_background_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_background,
      identifies: false,
      ledger: 'crops',
    },
    {
      what: m.data_crowd_picture,
      how: m.data_crowd_picture_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_until_next,
      identifies: false,
      ledger: 'pictures',
    },
    {
      what: m.data_crowd_record,
      how: m.data_crowd_record_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_while_open,
      identifies: false,
      ledger: 'records',
    },
  ],
};
