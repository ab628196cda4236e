import { describe, expect, test } from 'vitest';
import { markdownOf, problemsOf, readPage, readRows, type Row } from '../../guidebook/coverage.ts';

const row: Row = { seed: '001', item: 'x', state: 'done', where: ['a'], test: ['b'], owner: 'guidebook' };

describe('coverage of the guidebook', () => {
  test('every place and test that is named exists', () => {
    expect(problemsOf(readRows())).toEqual([]);
  });

  test('the page is what the command writes', async () => {
    expect(readPage()).toBe(await markdownOf(readRows()));
  });

  test.each<[string, unknown, () => boolean]>([
    ['a file that is not there', row, () => false],
    ['a claim without a test', { ...row, test: [] }, () => true],
    ['a claim without a place', { ...row, where: [] }, () => true],
    ['an item left out without a reason', { ...row, state: 'not-software', where: [], test: [] }, () => true],
  ])('%s is a problem', (_, claimed, exists) => {
    expect(problemsOf([claimed as Row], exists).length).toBeGreaterThan(0);
  });
});
