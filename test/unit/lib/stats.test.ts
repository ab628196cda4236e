import { describe, expect, it } from 'vitest';
import {
  median,
  medianDeviation,
  nearestRank,
  quantile,
  summarise,
  upperMedian,
} from '../../../lib/stats.ts';

describe('quantile', () => {
  it.each([
    { says: 'the middle of three', values: [3, 1, 2], q: 0.5, is: 2 },
    { says: 'the mean of the middle two of four', values: [4, 1, 3, 2], q: 0.5, is: 2.5 },
    { says: 'between ranks by proportion (NumPy gives the same)', values: [1, 2, 3, 4, 10], q: 0.9, is: 7.6 },
    { says: 'the least', values: [5, 7, 9], q: 0, is: 5 },
    { says: 'the most', values: [5, 7, 9], q: 1, is: 9 },
    { says: 'the only one', values: [8], q: 0.99, is: 8 },
  ])('$says', ({ values, q, is }) => {
    expect(quantile(values, q)).toBeCloseTo(is, 12);
  });

  it('does not change what it is given', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it.each([-0.1, 1.1, NaN])('refuses a share of %s', (q) => {
    expect(() => quantile([1], q)).toThrow(RangeError);
    expect(() => nearestRank([1], q)).toThrow(RangeError);
  });
});

describe('the definitions differ on an even number of values', () => {
  const four = [4, 1, 3, 2];
  it.each([
    { says: 'type 7 lies between the ranks', found: quantile(four, 0.9), is: 3.7 },
    { says: 'nearest rank is one of the values', found: nearestRank(four, 0.9), is: 4 },
    { says: 'nearest rank takes the lower of the middle two', found: nearestRank(four, 0.5), is: 2 },
    { says: 'the median is their mean', found: median(four), is: 2.5 },
    { says: 'the upper median is the upper one', found: upperMedian(four), is: 3 },
    { says: 'nearest rank of nothing is the smallest', found: nearestRank(four, 0), is: 1 },
    { says: 'nearest rank of all is the largest', found: nearestRank(four, 1), is: 4 },
  ])('$says', ({ found, is }) => {
    expect(found).toBeCloseTo(is, 12);
  });

  it('and agree on an odd one', () => {
    for (const of of [median, upperMedian, (v: number[]) => nearestRank(v, 0.5)])
      expect(of([9, 1, 4])).toBe(4);
  });

  it.each([median, upperMedian, medianDeviation, (v: number[]) => nearestRank(v, 0.5)])(
    'none has a value for no values, and none sorts in place',
    (of) => {
      expect(of([])).toBeNaN();
      const values = [3, 1, 2];
      of(values);
      expect(values).toEqual([3, 1, 2]);
    },
  );

  it('numbers are sorted as numbers', () => expect(median([10, 9, 100])).toBe(10));
});

describe('spread', () => {
  it('keeps outliers, and is not moved by them', () => {
    expect(medianDeviation([1, 1, 2, 2, 4, 6, 9])).toBe(1);
    expect(medianDeviation([1, 1, 2, 2, 4, 6, 900])).toBe(1);
    expect(summarise([1, 1, 2, 2, 4, 6, 900])).toMatchObject({ count: 7, max: 900, p50: 2 });
  });

  it('has the quartiles apart', () => {
    expect(summarise([1, 2, 3, 4, 5])).toMatchObject({ iqr: 2, min: 1, max: 5, mad: 1 });
  });

  it('says nothing of nothing', () => {
    expect(summarise([])).toBeUndefined();
    expect(median([])).toBeNaN();
  });
});
