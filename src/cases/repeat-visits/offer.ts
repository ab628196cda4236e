/** What case 3 says of the data it could pass on. */
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { figuresOf, tablesOf } from './data-set.ts';
import type { RepeatVisitsSession } from './session.svelte.ts';

export const offerOf = ({ kept }: RepeatVisitsSession): Offer => ({
  name: 'incam-repeat-visits',
  tags: ['repeat-visits', 'in-camera', 'statistics'],
  title: m.visits_export_title(),
  description: m.visits_export_description(),
  retention: m.visits_export_retention(),
  quality: m.visits_matching_limits(),
  figures: figuresOf(kept),
  tables: tablesOf(kept),
});
