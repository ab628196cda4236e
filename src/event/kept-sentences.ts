/** Which of the records that left are said on the screen: few, and each something new. */
import type { OutRecord } from '../../contract/index.ts';
import { sentenceOf } from '../show/sentences.ts';

/**
 * The latest record of each type as a sentence; of a single type the last few different ones. Pictures are shown, not said.
 * @param records the latest first
 * @param max how many sentences at most
 */
export function sentencesOf(records: readonly OutRecord[], max: number): string[] {
  const said = records.flatMap((record) => {
    const text = record.type === 'picture' ? undefined : sentenceOf(record);
    return text === undefined ? [] : [{ type: record.type, text }];
  });
  const types = [...new Set(said.map(({ type }) => type))];
  const texts =
    types.length > 1
      ? types.flatMap((wanted) => said.find(({ type }) => type === wanted)?.text ?? [])
      : [...new Set(said.map(({ text }) => text))];
  return texts.slice(0, max);
}
