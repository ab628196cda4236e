/** What case 5 says of the data it could pass on. */
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { tablesOf } from './data-set.ts';
import type { StreetscapeSession } from './session.svelte.ts';

export const offerOf = ({ kept }: StreetscapeSession): Offer => ({
  name: 'incam-streetscape',
  tags: ['streetscape', 'traffic-signs', 'road-state', 'in-camera'],
  title: m.streetscape_export_title(),
  description: m.streetscape_export_description(),
  retention: m.export_retention(),
  quality: m.streetscape_export_quality(),
  figures: [],
  tables: tablesOf(kept),
});
