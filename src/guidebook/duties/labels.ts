/** Words for the states of items. */
import type { Text } from '../../cases/shared/life-cycle.ts';
import { m } from '../../paraglide/messages.js';
import type { ItemState } from '../duties.ts';

export const STATE_TEXT: Record<ItemState, Text> = {
  software: m.guidebook_state_software,
  answered: m.guidebook_state_answered,
  'not-applicable': m.guidebook_state_not_applicable,
  partly: m.guidebook_state_partly,
  open: m.guidebook_state_open,
  conflict: m.guidebook_state_conflict,
};
