/** The life cycle of the data of trajectories. */
import { m } from '../../paraglide/messages.js';
import { FRAME } from '../shared/data-items.ts';
import type { LifeCycle } from '../shared/life-cycle.ts';

export const TRAJECTORIES: LifeCycle = {
  id: 'trajectories',
  number: 2,
  place: m.place_shop,
  name: m.case_trajectories,
  title: m.case_trajectories_title,
  purpose: m.case_trajectories_purpose,
  sees: m.case_trajectories_sees,
  kept: m.case_trajectories_kept,
  destroyed: m.case_trajectories_destroyed,
  stages: { infer: m.case_trajectories_infer, extract: m.case_trajectories_extract },
  data: [
    FRAME,
    {
      what: m.data_floor_line,
      how: m.data_floor_line_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_line_settled,
      identifies: false,
    },
    {
      what: m.data_held_share,
      how: m.data_held_share_how,
      where: 'camera',
      fate: 'destroyed',
      until: m.until_k_people,
      identifies: false,
    },
    {
      what: m.data_flow_record,
      how: m.data_flow_record_how,
      where: 'outside',
      fate: 'kept',
      until: m.until_while_open,
      identifies: false,
      ledger: 'records',
    },
  ],
};
