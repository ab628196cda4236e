/** Labels of age bands and sexes, in the reader's language. */
import { count } from '../../app/format.ts';
import { m } from '../../paraglide/messages.js';
import { BANDS, type Band, type SexWord } from './records.svelte.ts';

export const SEX_TEXT: Record<SexWord, () => string> = {
  male: m.attributes_male,
  female: m.attributes_female,
  unknown: m.attributes_unknown,
};

export function bandText(band: Band): string {
  if (band === 'unknown') return m.attributes_unknown();
  if (band === '70+') return m.attributes_band_over({ from: count(70) });
  const from = 10 * BANDS.indexOf(band);
  return m.attributes_band({ from: count(from), to: count(from + 9) });
}
