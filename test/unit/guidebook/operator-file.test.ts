import { describe, expect, test } from 'vitest';
import {
  emptyFile,
  emptyPlan,
  readFile,
  writeFile,
  type OperatorFile,
} from '../../../src/guidebook/operator-file.ts';

const filled = (): OperatorFile => {
  const file = emptyFile();
  return {
    ...file,
    operator: { ...file.operator, name: { ja: '株式会社みほん', en: 'Mihon Inc.', zh: '', ko: '' } },
    cases: { counting: { ...emptyPlan(), start: '2027-01-15', thirdParty: 'no' } },
    answers: {
      'counting/duty-1': { state: 'done', text: '窓口を置いた', date: '2026-12-01', person: '店長' },
    },
  };
};

describe('operator file', () => {
  test('an empty file states nothing', () => {
    const file = emptyFile();
    expect(file.operator.name).toEqual({ ja: '', en: '', zh: '', ko: '' });
    expect(file.cases).toEqual({});
    expect(emptyPlan().retention).toEqual({ records: null, vectors: null });
  });

  test('what is exported is imported without loss', () => {
    const file = filled();
    const read = readFile(writeFile(file));
    expect(read).toEqual({ ok: true, file });
  });

  test('a file from before partners had languages is read as Japanese', () => {
    const old = {
      ...emptyFile(),
      operator: { representative: '見本 太郎' },
      partners: [{ id: 'vendor', name: 'みほんシステム', role: '保守' }],
    };
    const read = readFile(JSON.stringify(old));
    expect(read.ok && read.file.operator.representative).toEqual({ ja: '見本 太郎', en: '', zh: '', ko: '' });
    expect(read.ok && read.file.partners[0]?.role).toEqual({ ja: '保守', en: '', zh: '', ko: '' });
    expect(read.ok && readFile(writeFile(read.file))).toEqual(read);
  });

  test.each([
    ['no JSON', '{', { code: 'not-json' }],
    ['another file', '{"a":1}', { code: 'not-operator-file' }],
    ['a later version', JSON.stringify({ ...emptyFile(), version: 2 }), { code: 'newer-version' }],
    ['an unknown field', JSON.stringify({ ...emptyFile(), more: 1 }), { code: 'invalid', path: 'more' }],
    [
      'a day that is none',
      JSON.stringify({ ...emptyFile(), cases: { counting: { start: 'tomorrow' } } }),
      { code: 'invalid', path: 'cases.counting.start' },
    ],
    [
      'a text too long',
      JSON.stringify({ ...emptyFile(), contact: { mail: 'x'.repeat(201) } }),
      { code: 'invalid', path: 'contact.mail' },
    ],
  ])('%s is refused with its reason', (_, text, problem) => {
    expect(readFile(text)).toEqual({ ok: false, ...problem });
  });
});
