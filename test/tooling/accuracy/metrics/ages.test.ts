import { describe, expect, it } from 'vitest';
import { fitAgeCurve } from '../../../accuracy/fit-ages.ts';
import { fitOdds } from '../../../accuracy/fit-odds.ts';
import { ageErrors, ageErrorsByBand, spearman, topTwoAge } from '../../../accuracy/metrics/ages.ts';
import { calibrateAge, calibrateOdds } from '../../../../workers/camera/cases/attributes/vision/ages.ts';
import { random } from '../../../unit/workers/camera/vision/rng.ts';

const pairs = (...list: [actual: number, estimated: number][]) =>
  list.map(([actual, estimated]) => ({ actual, estimated }));

describe('ageErrors', () => {
  it('gives what the worked example gives by hand', () => {
    // +4, -2, -10: their sizes add up to 16, they to -8.
    expect(ageErrors(pairs([20, 24], [30, 28], [70, 60]))).toEqual({ count: 3, mae: 16 / 3, bias: -8 / 3 });
  });

  it('has no mean of nothing', () => {
    expect(ageErrors([])).toEqual({ count: 0, mae: NaN, bias: NaN });
  });

  it('goes by the true age, each band from its first year up to the next', () => {
    const byBand = ageErrorsByBand(pairs([9, 10], [10, 20], [19, 10], [70, 50], [101, 99]));
    expect(byBand['0-9']).toEqual({ count: 1, mae: 1, bias: 1 });
    expect(byBand['10-19']).toEqual({ count: 2, mae: 9.5, bias: 0.5 });
    expect(byBand['70+']).toEqual({ count: 2, mae: 11, bias: -11 });
    expect(byBand['20-29']!.count).toBe(0);
  });
});

describe('the two likeliest years', () => {
  const ages = (probabilities: Record<number, number>) =>
    Array.from({ length: 100 }, (_, i) => probabilities[i + 1] ?? 0);

  it.each([
    { says: 'one certain year', distribution: ages({ 34: 1 }), expected: 34 },
    { says: 'the first year', distribution: ages({ 1: 1 }), expected: 1 },
    { says: 'the last year', distribution: ages({ 100: 1 }), expected: 100 },
    { says: 'two, weighted', distribution: ages({ 20: 3, 40: 1 }), expected: 25 },
    { says: 'not the tail', distribution: ages({ 20: 0.4, 21: 0.4, 80: 0.2 }), expected: 20.5 },
  ])('$says', ({ distribution, expected }) => {
    expect(topTwoAge(distribution)).toBeCloseTo(expected, 12);
  });

  it('say nothing of nothing', () => {
    expect(topTwoAge(ages({}))).toBeNaN();
  });
});

describe('spearman', () => {
  it.each([
    { says: 'the same order', list: pairs([1, 10], [2, 11], [3, 90]), expected: 1 },
    { says: 'the other way round', list: pairs([1, 3], [2, 2], [3, 1]), expected: -1 },
    // Ranks 1 2 3 4 against 2 1 4 3: 1 - 6 * 4 / (4 * 15).
    { says: 'two neighbours swapped', list: pairs([1, 2], [2, 1], [3, 4], [4, 3]), expected: 0.6 },
    // Ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
    { says: 'a tie', list: pairs([5, 1], [5, 2], [9, 3]), expected: 1.5 / Math.sqrt(1.5 * 2) },
  ])('$says', ({ list, expected }) => {
    expect(spearman(list)).toBeCloseTo(expected, 12);
  });
});

describe('fitAgeCurve', () => {
  it('finds the curve that the ages were bent by', () => {
    const bent = (said: number) => (said < 30 ? said : 30 + (said - 30) * 1.5);
    const list = Array.from({ length: 61 }, (_, said) => ({ actual: bent(said), estimated: said }));
    const curve = fitAgeCurve(list, [10, 30, 60]);
    for (const { actual, estimated } of list) expect(calibrateAge(estimated, curve)).toBeCloseTo(actual, 0);
  });

  it('goes by the middle of the errors, so that some far off do not move it', () => {
    const list = Array.from({ length: 50 }, (_, i) => ({
      actual: i % 10 === 0 ? 100 : i + 5,
      estimated: i,
    }));
    const curve = fitAgeCurve(list, [10, 40]);
    expect(curve[0]![1]).toBeCloseTo(15, 0);
    expect(curve[1]![1]).toBeCloseTo(45, 0);
  });

  it('rises even where the pictures fall', () => {
    const list = pairs([50, 10], [50, 11], [20, 30], [20, 29], [60, 50], [60, 51]);
    const actual = fitAgeCurve(list, [10, 30, 50]).map(([, years]) => years);
    expect(actual[0]).toBe(actual[1]);
    expect(actual[2]).toBeGreaterThan(actual[1]!);
  });

  it('refuses knots that nobody is near', () => {
    expect(() => fitAgeCurve(pairs([10, 10], [20, 20]), [10, 30, 50])).toThrow('No ages near 50.');
  });
});

describe('fitOdds', () => {
  it('finds the curve that chances were bent by', () => {
    const next = random(7);
    const curve = { slope: 0.5, offset: -1 };
    const judgements = Array.from({ length: 20_000 }, () => {
      const p = 0.01 + 0.98 * next();
      return { p, actual: next() < calibrateOdds(p, curve) };
    });
    const { slope, offset } = fitOdds(judgements);
    expect(slope).toBeCloseTo(curve.slope, 1);
    expect(offset).toBeCloseTo(curve.offset, 1);
  });

  it('refuses to learn from one kind alone', () => {
    expect(() => fitOdds([{ p: 0.5, actual: true }])).toThrow('Both kinds are needed.');
  });
});
