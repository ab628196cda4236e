/** Kinds of data that claims name in English, whatever the notice's language, in the language of the reader. */
import { LIFE_CYCLES } from '../cases/index.ts';

/** @returns the name as the claim has it where no case has such data any more */
export function keptText(english: string): string {
  const items = Object.values(LIFE_CYCLES).flatMap(({ data }) => data);
  return items.find(({ what }) => what({}, { locale: 'en' }) === english)?.what() ?? english;
}
