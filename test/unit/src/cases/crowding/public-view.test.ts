import { afterEach, describe, expect, it } from 'vitest';
import { publicLevel } from '../../../../../src/cases/crowding/public-level.ts';
import { Usual } from '../../../../../src/cases/crowding/usual.svelte.ts';
import { memoryStorage } from '../../fakes.ts';

describe('the three steps for the public', () => {
  const people = (n: number) => ({ standing: n, moving: 0 });

  it.each([
    ['a', 'empty'],
    ['b', 'empty'],
    ['c', 'busy'],
    ['d', 'busy'],
    ['e', 'crowded'],
    ['f', 'crowded'],
  ] as const)('follow level of service %s', (level, step) => {
    expect(publicLevel({ ...people(1), level, limit: 1 }, 1)).toBe(step);
  });

  it('follow the limit where the floor is not calibrated, then what is usual, then nothing', () => {
    expect(publicLevel({ ...people(4), limit: 10 }, undefined)).toBe('empty');
    expect(publicLevel({ ...people(5), limit: 10 }, undefined)).toBe('busy');
    expect(publicLevel({ ...people(8), limit: 10 }, undefined)).toBe('crowded');
    expect(publicLevel(people(15), 10)).toBe('crowded');
    expect(publicLevel(people(7), 10)).toBe('empty');
    expect(publicLevel(people(7), undefined)).toBeUndefined();
    expect(publicLevel(people(7), 0)).toBeUndefined();
  });
});

describe('what is usual', () => {
  afterEach(() => memoryStorage.remove());
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime();

  it('is the mean of the same hour on other days, of the same kind of source', () => {
    const usual = new Usual();
    for (const people of [2, 4]) usual.add('webcam', at(1, 9), people);
    expect(usual.at('webcam', at(1, 9))).toBeUndefined();
    expect(usual.at('webcam', at(2, 9))).toBe(3);
    usual.add('webcam', at(2, 9), 7);
    expect(usual.at('webcam', at(2, 9))).toBe(3);
    expect(usual.at('webcam', at(3, 9))).toBe(5);
    expect(usual.at('webcam', at(3, 10))).toBeUndefined();
    expect(usual.at('sample', at(3, 9))).toBeUndefined();
  });

  it('is found again on the next visit, and gone once it is forgotten', () => {
    memoryStorage.install();
    const usual = new Usual();
    usual.add('webcam', at(1, 9), 6);
    usual.store();
    expect(new Usual().at('webcam', at(2, 9))).toBe(6);
    usual.forget();
    expect(new Usual().at('webcam', at(2, 9))).toBeUndefined();
  });
});
