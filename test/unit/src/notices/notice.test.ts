import { describe, expect, it } from 'vitest';
import { CASES } from '../../../../contract/index.ts';
import { LIFE_CYCLES } from '../../../../src/cases/index.ts';
import { noticeOf, NOTICE_LANGUAGES } from '../../../../src/notices/notice.ts';

const OPERATOR = { name: 'Example Railway', contact: '0120-000-000', place: 'North gate' };
const SCRIPT = {
  ja: /[\p{Script=Hiragana}]/u,
  en: /^[\P{Script=Han}]*$/u,
  zh: /\p{Script=Han}/u,
  ko: /\p{Script=Hangul}/u,
};

describe.each(CASES)('the notice of case %s', (id) => {
  it.each(NOTICE_LANGUAGES)('is complete in %s, in that language’s own script', (language) => {
    const { heading, purpose, rows } = noticeOf(LIFE_CYCLES[id], language, OPERATOR);
    for (const text of [heading, purpose]) expect(text).toMatch(SCRIPT[language]);
    for (const { label, lines } of rows) {
      expect(label).not.toBe('');
      expect(lines.length, label).toBeGreaterThan(0);
      for (const line of lines.filter((text) => !Object.values(OPERATOR).includes(text)))
        expect(line, label).toMatch(
          language === 'ja' ? /[\p{Script=Han}\p{Script=Hiragana}]/u : SCRIPT[language],
        );
    }
  });

  it('differs from language to language in every word of its own', () => {
    const own = NOTICE_LANGUAGES.map((language) => {
      const { heading, purpose, rows } = noticeOf(LIFE_CYCLES[id], language, {
        name: '',
        contact: '',
        place: '',
      });
      return [
        heading,
        purpose,
        ...rows.flatMap(({ lines }) => lines.filter((line) => !line.startsWith('＿'))),
      ];
    });
    for (const i of own[0]!.keys())
      expect(new Set(own.map((texts) => texts[i])).size).toBe(NOTICE_LANGUAGES.length);
  });
});

describe('what a notice says', () => {
  const text = (id: (typeof CASES)[number]) =>
    noticeOf(LIFE_CYCLES[id], 'en', OPERATOR)
      .rows.flatMap(({ lines }) => lines)
      .join('\n');

  it('names the code that identifies, and the rights that come with it, for repeat analysis only', () => {
    for (const id of CASES)
      expect(text(id).includes('individual identification code (personal')).toBe(id === 'repeat-visits');
    for (const id of CASES) expect(text(id).includes('have it deleted')).toBe(id === 'repeat-visits');
  });

  it('names the third party for street scenes only', () => {
    for (const id of CASES) expect(text(id).includes('map maker under contract')).toBe(id === 'streetscape');
  });

  it('leaves blanks to be filled in by hand where nobody was named', () => {
    const { rows } = noticeOf(LIFE_CYCLES.counting, 'ja', { name: '', contact: '', place: '' });
    expect(rows.at(-1)?.lines).toEqual(['＿＿＿＿＿＿＿＿', '＿＿＿＿＿＿＿＿']);
  });
});
