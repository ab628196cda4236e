/** The latest of the kept records that can be said, as a sentence. */
import { sentenceOf } from '../../show/sentences.ts';
import type { Slip } from './records.svelte.ts';

/** @param slips the latest first; pictures are shown, not said, and records about the place or the camera are no event */
export function latestSentence(slips: readonly Slip[]): string | undefined {
  for (const { record } of slips) {
    const text = record.type === 'picture' ? undefined : sentenceOf(record);
    if (text !== undefined) return text;
  }
  return undefined;
}
