import { expect, test } from 'vitest';
import { summaryOf, type Opinion } from '../../../src/guidebook/opinions.svelte.ts';

const opinion = (part: Partial<Opinion>): Opinion => ({
  day: '2026-11-29',
  noticed: 'yes',
  understood: 'yes',
  felt: 'good',
  comment: '',
  ...part,
});

test('each answer is counted once for each question', () => {
  const all = [opinion({}), opinion({ noticed: 'no', felt: 'bad' }), opinion({ felt: 'bad' })];
  expect(summaryOf(all)).toEqual({
    total: 3,
    noticed: { yes: 2, sign: 0, no: 1 },
    understood: { yes: 3, partly: 0, no: 0 },
    felt: { good: 1, neutral: 0, bad: 2 },
  });
});
