/** What the operator's file says in a field, in words; undefined where it is not stated. */
import { fieldValue, isStated, retentionText, type Field } from './fields.ts';
import type { LocalText, OperatorFile, PublicLanguage, Retention } from './operator-file.ts';

/** @param section the value of the section or row that the field belongs to */
export function fieldText(
  field: Field,
  section: unknown,
  language: PublicLanguage,
  { places }: OperatorFile,
): string | undefined {
  if (!isStated(field, section, language)) return undefined;
  const value = fieldValue(field, section);
  if (field.local) return (value as LocalText)[language];
  if (field.kind === 'retention') return retentionText(value as Retention);
  const word = (one: unknown) => field.options?.find((option) => option.value === one)?.text() ?? String(one);
  if (field.kind === 'choices') return (value as readonly string[]).map(word).join(' / ');
  if (field.kind === 'place') return places.find(({ id }) => id === value)?.name[language] || String(value);
  return word(value);
}
