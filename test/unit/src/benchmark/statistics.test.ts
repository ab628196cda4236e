import { describe, expect, it } from 'vitest';
import { median, medianDeviation, quantile, summarise } from '../../../../src/benchmark/statistics.ts';

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
  });
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
