import { describe, expect, it } from 'vitest';
import { fitOdds } from '../../../accuracy/fit-odds.ts';
import { fitSpread, likelihood } from '../../../accuracy/fit-spread.ts';
import { ageErrors, ageErrorsByBand, spearman } from '../../../accuracy/metrics/ages.ts';
import { calibrateOdds } from '../../../../workers/camera/cases/attributes/vision/ages.ts';
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

describe('fitSpread', () => {
  /** Ages spread around estimates by a logistic distribution, known by their decade alone. */
  const faces = (count: number, scale: (estimated: number) => number, seed = 5) => {
    const next = random(seed);
    return Array.from({ length: count }, () => {
      const estimated = 5 + 75 * next();
      const u = 0.001 + 0.998 * next();
      const actual = Math.max(0, estimated + scale(estimated) * Math.log(u / (1 - u)));
      const from = Math.min(70, 10 * Math.floor(actual / 10));
      return { estimated, from, to: from === 70 ? Infinity : from + 10 };
    });
  };

  it('finds how far ages were spread, from bands alone', () => {
    for (const [, scale] of fitSpread(faces(6000, () => 4))) expect(Math.abs(scale - 4)).toBeLessThan(0.5);
  });

  it('finds where they are spread further', () => {
    const [young, , old] = fitSpread(faces(6000, (age) => (age < 40 ? 2 : 7)));
    expect(young![1]).toBeLessThan(3);
    expect(old![1]).toBeGreaterThan(5);
  });

  it('gives what no scale nearby betters', () => {
    const some = faces(400, () => 5);
    const spread = fitSpread(some);
    const best = likelihood(some, spread);
    for (const factor of [0.8, 1.25])
      expect(
        likelihood(
          some,
          spread.map(([age, scale]) => [age, factor * scale] as const),
        ),
      ).toBeLessThan(best);
  });

  it('refuses to learn from nothing', () => {
    expect(() => fitSpread([])).toThrow(RangeError);
  });
});

describe('fitOdds', () => {
  it('finds the curve that chances were bent by, and what age does to them', () => {
    const next = random(7);
    const curve = { slope: 0.5, offset: -1, perDecade: -0.4 };
    const judgements = Array.from({ length: 30_000 }, () => {
      const p = 0.01 + 0.98 * next();
      const age = 20 + 60 * next();
      return { p, age, actual: next() < calibrateOdds(p, curve, age) };
    });
    const { slope, offset, perDecade } = fitOdds(judgements);
    expect(slope).toBeCloseTo(curve.slope, 1);
    expect(offset).toBeCloseTo(curve.offset, 1);
    expect(perDecade).toBeCloseTo(curve.perDecade, 1);
  });

  it('refuses to learn from one kind alone', () => {
    expect(() => fitOdds([{ p: 0.5, age: 40, actual: true }])).toThrow('Both kinds are needed.');
  });
});
