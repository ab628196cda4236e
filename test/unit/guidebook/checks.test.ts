import { describe, expect, test } from 'vitest';
import { CASES } from '../../../contract/index.ts';
import { CHECK_IDS, identifiesPeople, runCheck } from '../../../src/guidebook/checks.ts';
import { emptyPlan } from '../../../src/guidebook/operator-file.ts';
import { forbidsOthers } from '../../../src/guidebook/policy.svelte.ts';
import { emptyFile, exampleWith, factsFor, runOf } from './facts.ts';

const verdict = (check: (typeof CHECK_IDS)[number], facts: Parameters<typeof runCheck>[1]) =>
  runCheck(check, facts).verdict;

describe('checks', () => {
  test('only case 3 identifies people in what it keeps', () => {
    expect(CASES.filter(identifiesPeople)).toEqual(['repeat-visits']);
  });

  test.each(['frames', 'life-time', 'wiped', 'vectors', 'out', 'models'] as const)(
    '%s says nothing before a run, and when after it',
    (check) => {
      expect(verdict(check, factsFor('counting'))).toBe('unknown');
      const run = runOf('counting');
      expect(runCheck(check, factsFor('counting', { run }))).toMatchObject({ verdict: 'met', at: run.at });
    },
  );

  test.each([
    ['a frame is left', { acquired: 100, destroyed: 99, alive: 1, waiting: 0, peak: 1 }],
    ['a frame waits', { acquired: 100, destroyed: 99, alive: 0, waiting: 1, peak: 1 }],
    ['a frame is lost', { acquired: 100, destroyed: 98, alive: 0, waiting: 0, peak: 1 }],
  ])('where %s the ledger contradicts the duty', (_, frames) => {
    expect(verdict('frames', factsFor('counting', { run: runOf('counting', { frames }) }))).toBe('conflict');
  });

  test('a camera that crashed has not wiped itself', () => {
    const run = runOf('counting', { wiped: false, wipes: 0 });
    const { verdict: said, text } = runCheck('wiped', factsFor('counting', { run }));
    expect(said).toBe('unmet');
    expect(text).not.toBe(runCheck('wiped', factsFor('counting', { run: runOf('counting') })).text);
  });

  test('a policy that was not seen is not claimed', () => {
    const say = (policy: boolean | undefined) => runCheck('csp', factsFor('counting', { policy }));
    expect([say(true).verdict, say(undefined).verdict, say(false).verdict]).toEqual([
      'met',
      'unknown',
      'conflict',
    ]);
    expect(new Set([say(true).text, say(undefined).text, say(false).text]).size).toBe(3);
  });

  test('a vector where none may be is a contradiction', () => {
    const vectors = { made: 1, destroyed: 1, held: 0 };
    expect(verdict('vectors', factsFor('counting', { run: runOf('counting', { vectors }) }))).toBe(
      'conflict',
    );
    expect(verdict('vectors', factsFor('repeat-visits', { run: runOf('repeat-visits', { vectors }) }))).toBe(
      'met',
    );
  });

  test('something refused at the gate is a contradiction', () => {
    expect(verdict('out', factsFor('counting', { run: runOf('counting', { refused: 1 }) }))).toBe('conflict');
  });

  test.each([
    [{ retentionDays: 30, lapse: false }, 'met'],
    [{ retentionDays: 90, lapse: false }, 'conflict'],
    [{ retentionDays: 30, lapse: true }, 'unknown'],
  ] as const)('retention announced (30 days) against the camera %o: %s', (settings, wanted) => {
    const run = runOf('repeat-visits', { settings });
    expect(verdict('retention', factsFor('repeat-visits', { run }))).toBe(wanted);
  });

  test('k of one person is not anonymous', () => {
    const at = (k: number) => factsFor('trajectories', { run: runOf('trajectories', { settings: { k } }) });
    expect(verdict('stored-form', at(1))).toBe('unmet');
    expect(verdict('stored-form', at(3))).toBe('met');
  });

  test.each([
    ['2026-12-28', '2027-02-01', 'met'],
    ['2027-01-20', '2027-02-01', 'unmet'],
    ['', '2027-02-01', 'unmet'],
  ])('notice from %s, start %s: %s', (noticeFrom, start, wanted) => {
    const file = emptyFile();
    file.cases = { counting: { ...emptyPlan(), noticeFrom, start } };
    expect(verdict('notice-month', factsFor('counting', { file }))).toBe(wanted);
  });

  test('a change that takes effect at once is late', () => {
    const change = (effective: string) =>
      exampleWith((file) => {
        file.changes = [
          {
            id: 'a',
            kind: 'retention',
            case: 'counting',
            announced: '2027-01-01',
            effective,
            before: { ja: '', en: '', zh: '', ko: '' },
            after: { ja: '', en: '', zh: '', ko: '' },
          },
        ];
      });
    expect(verdict('changes', factsFor('counting', { file: change('2027-01-02') }))).toBe('unmet');
    expect(verdict('changes', factsFor('counting', { file: change('2027-03-01') }))).toBe('met');
    expect(verdict('changes', factsFor('crowding', { file: change('2027-03-01') }))).toBe('void');
  });

  test('one language is not several', () => {
    const file = exampleWith((copy) => {
      copy.operator.name = { ...copy.operator.name, en: '', zh: '', ko: '' };
    });
    expect(verdict('languages', factsFor('counting'))).toBe('met');
    expect(verdict('languages', factsFor('counting', { file }))).toBe('unmet');
  });

  test('every check of every case has something to say, or is void', () => {
    for (const id of CASES)
      for (const check of CHECK_IDS) {
        const { verdict: said, text } = runCheck(check, factsFor(id, { run: runOf(id) }));
        expect(said === 'void' || text !== '', `${id} ${check}`).toBe(true);
      }
  });
});

test.each([
  ["default-src 'none'; connect-src 'self'", true],
  ["connect-src 'none'", true],
  ["connect-src 'self' https://example.com", false],
  ["default-src 'self'", false],
  [null, false],
])('policy %s: %s', (header, holds) => {
  expect(forbidsOthers(header)).toBe(holds);
});
