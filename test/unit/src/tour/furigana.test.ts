import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { piecesOf, plain } from '../../../../src/tour/furigana.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../src/tour/messages');
const read = (language: string) =>
  JSON.parse(readFileSync(`${FOLDER}/${language}.json`, 'utf8')) as Record<string, string>;
/** Texts on the home page and in tooltips, where no reading can be shown. */
const WITHOUT = /^(\$schema|tour_offer_.*|tour_page|tour_furigana|tour_step|tour_progress)$/;
const texts = Object.entries(read('ja')).filter(([key]) => !WITHOUT.test(key));

describe('readings', () => {
  it('are split from their words', () => {
    expect(piecesOf('[顔|かお]を[見|み]る')).toEqual([
      { text: '顔', reading: 'かお' },
      { text: 'を' },
      { text: '見', reading: 'み' },
      { text: 'る' },
    ]);
    expect(plain('[顔|かお]を[見|み]る')).toBe('顔を見る');
  });

  it('pass texts without any unchanged', () => {
    expect(piecesOf('A [bracket] | a bar')).toEqual([{ text: 'A [bracket] | a bar' }]);
  });

  it.each(texts)('%s: every kanji has one, in kana', (_key, text) => {
    for (const piece of piecesOf(text)) {
      if (piece.reading) expect(piece.reading).toMatch(/^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u);
      else expect(piece.text).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it.each(['en', 'zh', 'ko'])('%s has every text of the tour, without marks', (language) => {
    const there = read(language);
    expect(Object.keys(there).sort()).toEqual(Object.keys(read('ja')).sort());
    for (const text of Object.values(there)) expect(text).toBe(plain(text));
  });
});
