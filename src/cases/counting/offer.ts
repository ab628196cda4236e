/** What case 4 says of the data it could pass on. */
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { tablesOf } from './data-set.ts';
import type { CountingSession } from './session.svelte.ts';

export const offerOf = ({ kept, layout }: CountingSession): Offer => ({
  name: 'incam-counting',
  tags: ['counting', 'in-camera', 'numbers-only'],
  title: m.export_title(),
  description: m.export_description(),
  retention: m.export_retention(),
  quality: m.report_quality_counting(),
  figures: [],
  tables: tablesOf(kept, layout.current),
});
