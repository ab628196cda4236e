import { describe, expect, it } from 'vitest';
import { linear, logarithmic } from '../../../../src/ui/scales.ts';

describe('scales', () => {
  it.each([
    { says: 'the lower end', amount: 10, is: 100 },
    { says: 'the upper end', amount: 20, is: 0 },
    { says: 'half way', amount: 15, is: 50 },
    { says: 'beyond the end, which goes on', amount: 25, is: -50 },
  ])('linear, downwards: $says', ({ amount, is }) => expect(linear([10, 20], [100, 0])(amount)).toBe(is));

  it.each([
    { says: 'the lower end', amount: 0.1, is: 0 },
    { says: 'a decade of five', amount: 1, is: 20 },
    { says: 'the upper end', amount: 10_000, is: 100 },
    { says: 'less than any, which is put at the end', amount: 0, is: 0 },
    { says: 'more than any', amount: 1e9, is: 100 },
  ])('logarithmic: $says', ({ amount, is }) =>
    expect(logarithmic([0.1, 10_000], [0, 100])(amount)).toBeCloseTo(is, 9),
  );
});
