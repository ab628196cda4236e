import { describe, expect, test } from 'vitest';
import {
  MEANS,
  OUT_OF_SCOPE,
  OUT_TEXT,
  WANTS,
  waysFor,
  WISHES,
  withoutCamera,
} from '../../../src/guidebook/need.ts';

const fitOf = (...args: Parameters<typeof waysFor>) =>
  Object.fromEntries(waysFor(...args).map(({ means, fit }) => [means, fit]));

describe('is a camera needed?', () => {
  test('counting those who pass needs none (seed 004: an infrared sensor)', () => {
    const ways = waysFor('passers', []);
    expect(ways[0]).toMatchObject({ means: 'beam', fit: 'enough', cost: 'none' });
  });

  test('every way is named for every wish, what fits first', () => {
    for (const want of WANTS) {
      const ways = waysFor(want, []);
      expect(ways.map(({ means }) => means).sort()).toEqual([...MEANS].sort());
      const ranks = ways.map(({ fit }) => ['enough', 'partly', 'no'].indexOf(fit));
      expect(ranks).toEqual(ranks.toSorted());
    }
  });

  test('conditions make a way worse, never better', () => {
    for (const want of WANTS) {
      const plain = fitOf(want, []);
      const hard = fitOf(want, ['continuous', 'outdoors', 'wide']);
      const rank = (fit: string | undefined) => ['enough', 'partly', 'no'].indexOf(fit ?? '');
      for (const means of MEANS) expect(rank(hard[means])).toBeGreaterThanOrEqual(rank(plain[means]));
    }
  });

  test('counting by hand is not for good', () => {
    expect(fitOf('kinds', []).manual).toBe('enough');
    expect(fitOf('kinds', ['continuous']).manual).toBe('no');
  });

  test.each([
    ['passers', ['continuous', 'outdoors', 'wide'], 'partly'],
    ['presence', ['continuous'], 'enough'],
    ['street', ['continuous'], 'partly'],
  ] as const)('%s under %o: %s without a camera', (want, conditions, fit) => {
    expect(withoutCamera(waysFor(want, conditions))).toBe(fit);
  });

  test('whether anybody is there is never a reason for one of the cases', () => {
    expect(WISHES.presence.camera).toBeUndefined();
  });

  test('what is out of scope is sent elsewhere', () => {
    for (const use of OUT_OF_SCOPE) expect(OUT_TEXT[use].where().length).toBeGreaterThan(20);
  });
});
