import { afterEach, describe, expect, it } from 'vitest';
import type { OutRecord } from '../../../../contract/index.ts';
import { LANGUAGES, locale } from '../../../../src/app/locale.svelte.ts';
import { attributeText, sentenceOf } from '../../../../src/show/sentences.ts';

afterEach(() => locale.set('en'));

const FACE = {
  type: 'attribute',
  case: 'attributes',
  age: '20-29',
  sex: 'female',
  quality: 0.8,
  atS: 42,
} as const;
const RECORDS: OutRecord[] = [
  FACE,
  { type: 'count', case: 'counting', line: 'a', kind: 'bicycle', direction: 'forward', atS: 1 },
  {
    type: 'heat',
    case: 'trajectories',
    atS: 1,
    cells: [
      [0, 0, 4, 9],
      [0, 1, 3, 9],
    ],
  },
  { type: 'dwell', case: 'trajectories', atS: 1, zone: 'a', people: 3, visits: 3, meanS: 4.2 },
  { type: 'visit', case: 'repeat-visits', atS: 1, day: 3, visit: 2, daysSinceLast: 1, quality: 1 },
  { type: 'sign', case: 'streetscape', kind: 'stop', atS: 1 },
  { type: 'road', case: 'streetscape', state: 'busy', vehicles: {} as never, atS: 1 },
];

describe.each(LANGUAGES)('in %s', (language) => {
  it('each record has a sentence of its own, without a brace or a code', () => {
    locale.set(language);
    const said = RECORDS.map(sentenceOf);
    for (const text of said) expect(text).not.toMatch(/[{}_]|undefined/);
    expect(new Set(said).size).toBe(said.length);
  });
});

it.each([
  { language: 'ja', text: '20代・女性・開始から42秒' },
  { language: 'en', text: 'in the 20s, female, 42 s after the start' },
  { language: 'zh', text: '20多岁，女性，开始后42秒' },
  { language: 'ko', text: '20대, 여성, 시작 42초 뒤' },
] as const)('an estimate is said in $language', ({ language, text }) => {
  locale.set(language);
  expect(attributeText(FACE, true)).toBe(text);
});

it('does not take people for fewer than the least sum of a heat map', () => {
  locale.set('en');
  expect(sentenceOf(RECORDS[2]!)).toBe('3 or more people walked on 2 squares of the floor');
});

it('is silent about the camera itself', () => {
  expect(
    sentenceOf({ type: 'progress', model: 'm', phase: 'download', loaded: 1, total: 2 }),
  ).toBeUndefined();
});
