import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../../../contract/index.ts';
import { toDataChain, type NoticesByLanguage } from '../../../../src/notices/dtpr.ts';
import { flowOf } from '../../../../src/notices/flow.ts';
import { isChange } from '../../../../src/notices/items.ts';
import { PUBLIC_LANGUAGES } from '../../../../src/notices/languages.ts';
import { answersOf, rulesOf } from '../../../../src/notices/manual.ts';
import { noticeOf } from '../../../../src/notices/notice.ts';
import { chosenFrom, hashOf } from '../../../../src/notices/chosen.ts';
import { webText } from '../../../../src/notices/web-text.ts';
import { EXAMPLE_FILE } from '../../../../src/guidebook/example-file.ts';
import { EVERY, inputFor } from './inputs.ts';

const ROOT = join(import.meta.dirname, '../../../../src/notices/messages');
const read = (language: string): Record<string, string> => {
  const { $schema: _, ...messages } = JSON.parse(readFileSync(join(ROOT, `${language}.json`), 'utf8'));
  return messages;
};
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the catalogue of notices', () => {
  const en = read('en');
  /** What the public reads; the page around it speaks Japanese and English. */
  const forThePublic = Object.keys(en).filter((key) => !/^notice_(ui_|page$|overview$)/.test(key));

  it.each(PUBLIC_LANGUAGES)('is complete in %s, with the same values in each text', (language) => {
    const messages = read(language);
    for (const key of forThePublic) {
      expect(messages[key]?.trim(), key).toBeTruthy();
      expect(placeholders(messages[key]!), key).toEqual(placeholders(en[key]!));
    }
  });

  it('is complete in Japanese for the page as well', () => {
    expect(Object.keys(read('ja')).sort()).toEqual(Object.keys(en).sort());
  });

  it('is polite to the public in Japanese, throughout', () => {
    const ja = read('ja');
    for (const key of forThePublic) {
      const text = ja[key]!;
      // Whole sentences only: labels and stickers end in nouns. Rules for staff are in the plain form.
      if (!text.endsWith('。') || key.startsWith('notice_manual_rule')) continue;
      expect(text, key).toMatch(/(です|ます|ません|ください|でした|ました|か|のですが)。$/);
    }
  });
});

describe('the long form for the web', () => {
  it.each(EVERY)(
    'holds every item in every format: $id, $occasion, $language',
    ({ id, occasion, language }) => {
      const input = inputFor(id, occasion, language);
      const notice = noticeOf(input);
      const flow = flowOf(input);
      const html = webText('html', notice, flow);
      const plain = webText('txt', notice, flow);
      const markdown = webText('md', notice, flow);
      for (const { label, lines } of notice.sections) {
        for (const text of [label, ...lines]) {
          expect(plain).toContain(text);
          expect(html).toContain(text.replaceAll('&', '&amp;').replaceAll('"', '&quot;'));
        }
        expect(markdown).toContain(label.replace(/[_*#]/g, '\\$&'));
      }
      expect(html).toContain(`<html lang="${language === 'zh' ? 'zh-Hans' : language}">`);
      for (const text of [html, plain, markdown]) expect(text).not.toContain('\u200b');
    },
  );

  it('lets nothing that an operator has entered become markup or a link to a script', () => {
    const name = '<img src=x onerror=alert(1)>';
    const file = {
      ...EXAMPLE_FILE,
      operator: {
        ...EXAMPLE_FILE.operator,
        name: { ja: name, en: name, zh: name, ko: name },
        shortUrl: 'javascript:alert(1)',
      },
    };
    const input = inputFor('counting', 'acquisition', 'ja', file);
    const html = webText('html', noticeOf(input), flowOf(input));
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/href="javascript/);
    expect(webText('md', noticeOf(input), flowOf(input))).not.toContain('\n<img');
  });
});

/** Questions that people ask of a camera; those of cases 3, 5 and 6 come on top. */
const QUESTIONS: Partial<Readonly<Record<CaseId, number>>> = {
  'repeat-visits': 13,
  streetscape: 12,
  crowding: 12,
};

describe('answers for staff', () => {
  it.each(EVERY)(
    'leave no question without an answer: $id, $occasion, $language',
    ({ id, occasion, language }) => {
      const input = inputFor(id, occasion, language);
      const answers = answersOf(noticeOf(input), input);
      if (!isChange(occasion)) expect(answers).toHaveLength(QUESTIONS[id] ?? 11);
      // What a leaflet's flap takes from them.
      else expect(answers.length).toBeGreaterThanOrEqual(5);
      for (const { question, lines } of answers) {
        expect(lines.length, question).toBeGreaterThan(0);
        for (const line of lines) expect(line).not.toMatch(/undefined|＿/);
      }
      expect(rulesOf(input)).toHaveLength(3);
    },
  );

  it('promise no way around a camera that drives', () => {
    const avoid = (id: CaseId) => {
      const input = inputFor(id, 'acquisition', 'ja');
      const answer = answersOf(noticeOf(input), input).find(({ question }) => /写りたくない/.test(question));
      return answer!.lines.join('');
    };
    expect(avoid('counting')).toMatch(/お通りいただける場所をご案内します.*撮影範囲/);
    expect(avoid('streetscape')).toMatch(/ご案内することができません.*対象車両/);
  });

  it('speak of rights and children where faces are recognised', () => {
    const input = inputFor('repeat-visits', 'acquisition', 'ja');
    const questions = answersOf(noticeOf(input), input).map(({ question }) => question);
    expect(questions).toContain('子どもも対象ですか。');
    const counting = inputFor('counting', 'acquisition', 'ja');
    expect(answersOf(noticeOf(counting), counting).map(({ question }) => question)).not.toContain(
      '子どもも対象ですか。',
    );
  });
});

describe('the data chain after DTPR', () => {
  it('fills the eight categories in four languages, and marks what is not stated', () => {
    const notices = Object.fromEntries(
      PUBLIC_LANGUAGES.map((language) => [language, noticeOf(inputFor('crowding', 'acquisition', language))]),
    ) as unknown as NoticesByLanguage;
    const chain = JSON.parse(toDataChain(notices, inputFor('crowding').about));
    expect(chain.categories.map(({ id }: { id: string }) => id)).toEqual([
      'accountable',
      'purpose',
      'tech',
      'data',
      'process',
      'storage',
      'access',
      'retention',
    ]);
    for (const { elements, icon } of chain.categories) {
      expect(icon).toMatch(/^<svg/);
      expect(elements.length).toBeGreaterThan(0);
      for (const { title, description, stated } of elements) {
        expect(title.map(({ locale }: { locale: string }) => locale)).toEqual(PUBLIC_LANGUAGES);
        if (stated) expect(description).toHaveLength(PUBLIC_LANGUAGES.length);
      }
    }
  });
});

describe('the chosen notice', () => {
  const usual = { caseId: 'counting', occasion: 'acquisition', form: 'poster-a4', language: 'ja' } as const;

  it('is in the address, and found again by it', () => {
    const chosen = {
      caseId: 'streetscape',
      occasion: 'prior',
      form: 'vehicle-sticker',
      language: 'ko',
    } as const;
    expect(chosenFrom(hashOf('#/guidebook/notices', chosen), usual)).toEqual(chosen);
  });

  it('is as usual where the address says nothing, or nothing that there is', () => {
    expect(chosenFrom('#/guidebook/notices?case=nonsense&form=vehicle-sticker', usual)).toEqual(usual);
  });
});
