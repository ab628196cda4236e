/** The life cycle of the data of attributes. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

export const ATTRIBUTES: LifeCycle = {
  id: 'attributes',
  number: 1,
  place: m.place_shop,
  name: m.case_attributes,
  title: m.case_attributes_title,
  purpose: m.case_attributes_purpose,
  sees: m.case_attributes_sees,
  kept: m.case_attributes_kept,
  destroyed: m.case_attributes_destroyed,
  stages: { infer: m.case_attributes_infer, extract: m.case_attributes_extract },
  data: [
    FRAME,
    {
      what: m.data_face_crop,
      how: m.data_face_crop_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_estimate,
      identifies: true,
      ledger: 'crops',
    },
    {
      what: m.data_attribute_sum,
      how: m.data_attribute_sum_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_after_passage,
      identifies: false,
    },
    {
      what: m.data_attribute_record,
      how: m.data_attribute_record_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_while_open,
      identifies: false,
      ledger: 'records',
    },
  ],
};
