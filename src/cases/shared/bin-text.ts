/** Length of a time bin in the reader's language. */
import { count } from '../../app/format.ts';
import { m } from '../../paraglide/messages.js';

/** @param seconds a number of whole minutes, or below one */
export function binText(seconds: number): string {
  if (seconds === 3600) return m.bin_hour();
  return seconds % 60 === 0
    ? m.bin_minutes({ n: count(seconds / 60) })
    : m.bin_seconds({ n: count(seconds) });
}

/** Stretches of a chart: none shorter than the bins of the records. */
export const stretchesFrom = <T extends { readonly seconds: number }>(
  stretches: readonly T[],
  binS: number | undefined,
): readonly T[] => {
  const wide = stretches.filter(({ seconds }) => seconds >= (binS ?? 0));
  return wide.length > 0 ? wide : stretches.slice(-1);
};
