import { describe, expect, it } from 'vitest';
import { ThresholdAggregate } from '../../../../../../../workers/camera/cases/trajectories/vision/k-anonymity.ts';
import { random } from '../../../vision/rng.ts';

const pool = () => new ThresholdAggregate<number>((a, b) => a + b);

describe('what waits for k people', () => {
  it.each([
    { says: 'nothing of two people for k = 3', people: [1, 2], k: 3, given: [] },
    { says: 'nothing of one person who comes three times', people: [1, 1, 1], k: 3, given: [] },
    { says: 'three people', people: [1, 2, 3], k: 3, given: [{ key: 'a', people: 3, value: 3 }] },
    {
      says: 'everything of them, also who came twice',
      people: [1, 2, 2, 3],
      k: 3,
      given: [{ key: 'a', people: 3, value: 4 }],
    },
    { says: 'single people for k = 1', people: [7], k: 1, given: [{ key: 'a', people: 1, value: 1 }] },
  ])('gives $says', ({ people, k, given }) => {
    const held = pool();
    people.forEach((person, i) => held.add('a', person, 1, i));
    expect(held.release(k)).toEqual(given);
  });

  it('forgets what it gave, so that the next release is of k others again', () => {
    const held = pool();
    for (const person of [1, 2, 3]) held.add('a', person, 1, 0);
    held.release(3);
    held.add('a', 4, 1, 1);
    expect(held.release(3)).toEqual([]);
    for (const person of [5, 6]) held.add('a', person, 1, 2);
    expect(held.release(3)).toEqual([{ key: 'a', people: 3, value: 3 }]);
    expect(held.size).toBe(0);
  });

  it('forgets those who waited too long, one by one', () => {
    const held = pool();
    [1, 2, 3].forEach((person) => held.add('a', person, 1, person));
    held.forgetBefore(2);
    expect(held.release(3)).toEqual([]);
    expect(held.release(2)).toEqual([{ key: 'a', people: 2, value: 2 }]);
  });

  it('knows a person under a new key as the same', () => {
    const held = pool();
    held.add('a', 1, 1, 0);
    held.rename(1, 9);
    held.add('a', 9, 1, 1);
    held.add('a', 2, 1, 1);
    expect(held.release(3)).toEqual([]);
  });

  it('tells things by name, not by when they became ready', () => {
    const held = pool();
    for (const key of ['b', 'a', 'c']) for (const person of [1, 2]) held.add(key, person, 1, 0);
    expect(held.release(2).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  it.each([0, -1, 1.5, NaN])('refuses k = %s', (k) => {
    expect(() => pool().release(k)).toThrow(RangeError);
  });

  it('never gives a sum of fewer than k, and never more than came, whatever happens', () => {
    const next = random(11);
    for (let round = 0; round < 200; round++) {
      const k = 1 + Math.floor(next() * 6);
      const held = pool();
      let [came, given] = [0, 0];
      for (let timeS = 0; timeS < 60; timeS++) {
        const person = Math.floor(next() * 12);
        held.add(`cell ${Math.floor(next() * 4)}`, person, 1, timeS);
        came++;
        if (next() < 0.2) {
          for (const { people, value } of held.release(k)) {
            expect(people).toBeGreaterThanOrEqual(k);
            expect(value).toBeGreaterThanOrEqual(people);
            given += value;
          }
        }
        if (next() < 0.05) held.forgetBefore(timeS - 20);
      }
      expect(given).toBeLessThanOrEqual(came);
    }
  });
});
