/** Kinds of change, in the languages of the notices. */
import type { Text } from '../../cases/shared/life-cycle.ts';
import { m } from '../../paraglide/messages.js';
import { CHANGE_KINDS, type Change } from '../operator-file.ts';

export const CHANGE_TEXT: Record<Change['kind'], Text> = {
  'new-purpose': m.guidebook_change_kind_new_purpose,
  'third-party': m.guidebook_change_kind_third_party,
  retention: m.guidebook_change_kind_retention,
  other: m.guidebook_change_kind_other,
};

/** The kind that a value of a select names. */
export const kindOf = (value: string): Change['kind'] =>
  CHANGE_KINDS.find((kind) => kind === value) ?? 'other';
