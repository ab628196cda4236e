import { afterEach, describe, expect, it } from 'vitest';
import { CASES, FAULTS, KINDS, STAGES } from '../../../../contract/index.ts';
import { LANGUAGES, locale, preferredLanguage } from '../../../../src/app/locale.svelte.ts';
import { LIFE_CYCLES } from '../../../../src/cases/index.ts';
import {
  KIND_TEXT,
  STAGE_EXPLAINED,
  STAGE_TEXT,
  TROUBLE_TEXT,
  troubleText,
} from '../../../../src/app/texts.ts';
import type { TroubleCode } from '../../../../src/camera/troubles.svelte.ts';

afterEach(() => locale.set('en'));

describe.each(LANGUAGES)('in %s', (language) => {
  it.each([...FAULTS, 'worker-crashed'] as const)('%s says what happened and what to do', (code) => {
    locale.set(language);
    const { what, todo } = troubleText(code, 'this');
    expect(what.length).toBeGreaterThan(8);
    expect(todo.length).toBeGreaterThan(8);
    expect(todo).not.toBe(what);
    expect(`${what} ${todo}`).not.toMatch(/undefined|[{}]/);
  });

  it('no two faults say the same', () => {
    locale.set(language);
    const said = (Object.keys(TROUBLE_TEXT) as TroubleCode[]).map((code) => troubleText(code).what);
    expect(new Set(said).size).toBe(said.length);
  });

  it('kinds, stages and cases have names of their own', () => {
    locale.set(language);
    for (const names of [
      KINDS.map((kind) => KIND_TEXT[kind]()),
      STAGES.map((stage) => STAGE_TEXT[stage]()),
      STAGES.map((stage) => STAGE_EXPLAINED[stage]()),
      CASES.map((id) => LIFE_CYCLES[id].name()),
    ]) {
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('the language', () => {
  it('changes every text at once, without a reload', () => {
    locale.set('ja');
    expect(KIND_TEXT.bicycle()).toBe('自転車');
    locale.set('en');
    expect(KIND_TEXT.bicycle()).toBe('Bicycle');
  });

  it.each([
    { says: 'Japanese readers get Japanese', tags: ['ja-JP', 'en-US'], language: 'ja' },
    { says: 'the first language we speak wins', tags: ['fr-FR', 'en-GB', 'ja'], language: 'en' },
    { says: 'case and region do not matter', tags: ['JA'], language: 'ja' },
    { says: 'Chinese and Korean visitors get theirs', tags: ['zh-TW', 'ko'], language: 'zh' },
    { says: 'a visitor of another language gets English', tags: ['fr', 'de-DE'], language: 'en' },
    { says: 'who says nothing gets English', tags: [], language: 'en' },
  ])('$says', ({ tags, language }) => {
    expect(preferredLanguage(tags)).toBe(language);
  });
});
