/** What the event mode says of each case: three sentences, one after the other. */
import { K_RANGE, type CaseId } from '../../contract/index.ts';
import { count, percent } from '../app/format.ts';
import { ERROR_BY_GROUP } from '../cases/attributes/error-by-group.ts';
import { m } from '../paraglide/messages.js';

type Text = () => string;

export const CAPTION_TEXT: Readonly<Record<CaseId, readonly [Text, Text, Text]>> = {
  attributes: [
    m.event_attributes_1,
    m.event_attributes_2,
    () => m.event_attributes_3({ right: percent(ERROR_BY_GROUP.bandRight) }),
  ],
  trajectories: [
    m.event_trajectories_1,
    () => m.event_trajectories_2({ k: count(K_RANGE.default) }),
    m.event_trajectories_3,
  ],
  'repeat-visits': [m.event_repeat_visits_1, m.event_repeat_visits_2, m.event_repeat_visits_3],
  counting: [m.event_counting_1, m.event_counting_2, m.event_counting_3],
  streetscape: [m.event_streetscape_1, m.event_streetscape_2, m.event_streetscape_3],
  crowding: [m.event_crowding_1, m.event_crowding_2, m.event_crowding_3],
};
