/** What case 6 says of the data it could pass on. */
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { tablesOf } from './data-set.ts';
import type { CrowdingSession } from './session.svelte.ts';

export const offerOf = ({ kept }: CrowdingSession): Offer => ({
  name: 'incam-crowding',
  tags: ['crowding', 'in-camera', 'numbers-only'],
  title: m.crowding_export_title(),
  description: m.crowding_export_description(),
  retention: m.export_retention(),
  quality: m.crowding_rule_hidden(),
  figures: [],
  tables: tablesOf(kept),
});
