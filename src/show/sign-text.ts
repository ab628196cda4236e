/** A sign as a few words of a sentence: the best known kinds by name, the others by their group. */
import { groupOf, type SignGroup, type SignKind } from '../../contract/index.ts';
import { m } from '../paraglide/messages.js';

type Text = () => string;

const KIND_TEXT: Partial<Record<SignKind, Text>> = {
  slow: m.show_sign_slow,
  'no-parking': m.show_sign_no_parking,
};
const GROUP_TEXT: Record<SignGroup, Text> = {
  prohibition: m.show_sign_prohibition,
  end: m.show_sign_end,
  warning: m.show_sign_warning,
  mandatory: m.show_sign_mandatory,
  guide: m.show_sign_guide,
  stop: m.show_sign_stop,
  yield: m.show_sign_yield,
  'no-entry': m.show_sign_no_entry,
  priority: m.show_sign_priority,
};

export function signText(kind: SignKind): string {
  const group = groupOf(kind);
  if (!group) return m.show_sign_signal();
  if (kind.startsWith('limit-')) return m.show_sign_limit();
  return (KIND_TEXT[kind] ?? GROUP_TEXT[group])();
}
