import { describe, expect, it } from 'vitest';
import { CASES } from '../../../../contract/index.ts';
import { emptyFile } from '../../../../src/guidebook/operator-file.ts';
import { BLANK } from '../../../../src/notices/input.ts';
import { requirementsOf } from '../../../../src/notices/items.ts';
import { noticeOf, type Notice } from '../../../../src/notices/notice.ts';
import { EVERY, inputFor } from './inputs.ts';

const linesOf = (notice: Notice, id: string): string =>
  notice.sections.find((section) => section.id === id)?.lines.join(' ') ?? '';

/** Letters that only one of the four languages is written with. */
const SCRIPTS = { ja: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, ko: /\p{Script=Hangul}/u } as const;

describe('a notice from a filled operator file', () => {
  it.each(EVERY)('says all that is asked of $id, $occasion, in $language', ({ id, occasion, language }) => {
    const input = inputFor(id, occasion, language);
    const notice = noticeOf(input);
    expect(notice.sections.map((section) => section.id)).toEqual(
      requirementsOf(input.about, occasion).map(({ item }) => item),
    );
    for (const section of notice.sections) {
      expect(section.missing, section.id).toBe(false);
      expect(section.instead, section.id).toBeUndefined();
      expect(section.label.trim(), section.id).not.toBe('');
      for (const line of section.lines) expect(line, section.id).not.toMatch(/undefined|\{\w+\}|＿/);
    }
  });

  it.each(EVERY)('speaks one language only: $id, $occasion, $language', ({ id, occasion, language }) => {
    const notice = noticeOf(inputFor(id, occasion, language));
    // Addresses on the web are in no language of their own.
    const own = notice.sections.filter((section) => section.id !== 'more');
    const text = [notice.title, ...notice.tags, ...own.flatMap(({ label, lines }) => [label, ...lines])].join(
      '\n',
    );
    for (const [tongue, letters] of Object.entries(SCRIPTS)) {
      if (tongue === language) expect(text).toMatch(letters);
      else expect(text).not.toMatch(letters);
    }
    if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u);
  });

  it('of a change says the change in large letters, not the purpose announced before', () => {
    for (const occasion of ['new-purpose', 'third-party'] as const) {
      const { second, purpose, sections } = noticeOf(inputFor('counting', occasion, 'ja'));
      expect(second).toMatch(/2027年1月15日から.*(追加|変更)します/);
      expect(second).not.toContain(purpose);
      // Of two purposes, the label says which is which.
      const labels = sections.map(({ label }) => label);
      expect(labels.includes('利用目的')).toBe(occasion === 'third-party');
    }
    const { second, purpose } = noticeOf(inputFor('counting', 'acquisition', 'ja'));
    expect(second).toBe(purpose);
  });

  it('names face recognition where there is any, and denies it where there is none', () => {
    for (const id of CASES) {
      const notice = noticeOf(inputFor(id, 'acquisition', 'en'));
      const recognises = id === 'repeat-visits';
      expect(notice.tags.includes('Face recognition in use')).toBe(recognises);
      expect(linesOf(notice, 'recognition')).toMatch(
        recognises ? /same person has come again/ : /^No face recognition/,
      );
    }
  });

  it('says of faces that are destroyed at once that they were acquired all the same', () => {
    expect(linesOf(noticeOf(inputFor('attributes')), 'identification')).toContain('取得にあたる');
  });

  it('names the recipient of what is handed over, and the contract', () => {
    const text = linesOf(noticeOf(inputFor('streetscape', 'acquisition', 'en')), 'third-party');
    expect(text).toMatch(/Given to .+/);
    expect(text).toContain('under a contract');
    expect(text).not.toContain('..');
    expect(text).toContain('destroyed at once');
  });

  it("states the operator's retention of vectors before the camera's", () => {
    const input = inputFor('repeat-visits', 'acquisition', 'en');
    expect(linesOf(noticeOf(input), 'vector')).toContain('30 days');
    const plan = { ...input.plan, retention: { ...input.plan.retention, vectors: null } };
    expect(linesOf(noticeOf({ ...input, plan, camera: { retentionDays: 7 } }), 'vector')).toContain('7 days');
  });

  it('says what the camera is set to: k, sensor width, interval', () => {
    expect(linesOf(noticeOf(inputFor('trajectories', 'acquisition', 'en')), 'kept')).toContain(
      'at least 3 people',
    );
    expect(linesOf(noticeOf(inputFor('streetscape', 'acquisition', 'en')), 'resolution')).toContain(
      '384 pixels',
    );
    expect(linesOf(noticeOf(inputFor('crowding', 'acquisition', 'en')), 'kept')).toContain('every 3 seconds');
  });

  it('never tells of the page as the place where data are kept', () => {
    for (const { id, occasion } of EVERY) {
      const text = JSON.stringify(noticeOf(inputFor(id, occasion, 'ja')).sections);
      expect(text).not.toContain('この画面を閉じる');
    }
  });
});

describe('a notice from an empty operator file', () => {
  it('leaves blanks, and guesses nothing', () => {
    const notice = noticeOf(inputFor('counting', 'prior', 'ja', emptyFile()));
    const missing = notice.sections.filter((section) => section.missing).map(({ id }) => id);
    expect(missing).toEqual([
      'benefit',
      'start',
      'period',
      'place',
      'kept',
      'third-party',
      'use',
      'security',
      'operator',
      'contact',
      'more',
    ]);
    for (const section of notice.sections) if (section.missing) expect(section.lines).toEqual([BLANK]);
    expect(notice.lead).toContain(BLANK);
    expect(notice.address).toBe('');
  });

  it('takes the text of another language where its own is not stated, and says so', () => {
    const file = emptyFile();
    const named = {
      ...file,
      operator: { ...file.operator, name: { ja: '株式会社みほん', en: '', zh: '', ko: '' } },
    };
    const section = noticeOf(inputFor('counting', 'acquisition', 'ko', named)).sections.find(
      ({ id }) => id === 'operator',
    );
    expect(section).toMatchObject({ lines: ['株式会社みほん'], missing: false, instead: 'ja' });
  });
});
