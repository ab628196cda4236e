import { expect, test } from 'vitest';
import { entered } from '../../../src/guidebook/request-log.svelte.ts';

const shown = { day: '2026-11-29', request: 'show', outcome: 'found', form: 'screen' } as const;

test('requests of a day are summed: no order, no time, no person', () => {
  const rows = [shown, { ...shown, form: 'paper' as const }, shown].reduce(entered, []);
  expect(rows).toEqual([
    { ...shown, number: 2 },
    { ...shown, form: 'paper', number: 1 },
  ]);
});

test('another day is another row', () => {
  expect(entered([{ ...shown, number: 1 }], { ...shown, day: '2026-11-30' })).toHaveLength(2);
});
