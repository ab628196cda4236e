/** What case 1 says of the data it could pass on. */
import { m } from '../../paraglide/messages.js';
import type { Offer } from '../shared/offer.ts';
import { FIGURES, tablesOf } from './data-set.ts';
import type { AttributesSession } from './session.svelte.ts';

export const offerOf = ({ kept }: AttributesSession): Offer => ({
  name: 'incam-attributes',
  tags: ['attributes', 'in-camera', 'age-band', 'sex'],
  title: m.attributes_export_title(),
  description: m.attributes_export_description(),
  retention: m.export_retention(),
  quality: m.attributes_accuracy_limits(),
  figures: [...FIGURES],
  tables: tablesOf(kept),
});
