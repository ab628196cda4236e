/** What case 2 says of the data it could pass on. */
import { count } from '../../app/format.ts';
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { tablesOf } from './data-set.ts';
import type { TrajectoriesSession } from './session.svelte.ts';

export const offerOf = ({ kept, layout, k }: TrajectoriesSession): Offer => ({
  name: 'incam-trajectories',
  tags: ['flow-lines', 'dwell-time', 'heat-map', 'in-camera', 'aggregated'],
  title: m.trajectories_export_title(),
  description: m.trajectories_export_description({ k: count(k) }),
  retention: m.export_retention(),
  quality: m.trajectories_limit_error(),
  figures: [],
  tables: tablesOf(kept, layout.current),
});
