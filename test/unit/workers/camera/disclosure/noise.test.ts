import { describe, expect, it } from 'vitest';
import { noiseError95 } from '../../../../../contract/index.ts';
import { ReleaseAggregator } from '../../../../../workers/camera/cases/trajectories/release-aggregator.ts';
import { NoisyValues } from '../../../../../workers/camera/cases/trajectories/noisy-values.ts';
import { discreteLaplace, drawSecurely } from '../../../../../workers/camera/disclosure/noise.ts';
import { random } from '../vision/rng.ts';

const drawer = (seed: number) => {
  const next = random(seed);
  return (below: number) => Math.floor(next() * below);
};

describe('discrete Laplace noise', () => {
  it.each([
    [1, 1],
    [0.5, 1],
    [1, 3],
    [2, 60],
  ])('epsilon %s, share %s: has its distribution and its error', (epsilon, share) => {
    const draw = drawer(5);
    const n = 20_000;
    const drawn = Array.from({ length: n }, () => discreteLaplace(epsilon, share, draw));
    const alpha = Math.exp(-epsilon / share);
    const shareOf = (hit: (x: number) => boolean) => drawn.filter(hit).length / n;
    // Four standard deviations of a share.
    const near = (p: number) => 4 * Math.sqrt((p * (1 - p)) / n);
    const zero = (1 - alpha) / (1 + alpha);
    expect(Math.abs(shareOf((x) => x === 0) - zero)).toBeLessThan(near(zero));
    expect(Math.abs(shareOf((x) => x === 1) - zero * alpha)).toBeLessThan(near(zero * alpha));
    expect(Math.abs(shareOf((x) => x < 0) - shareOf((x) => x > 0))).toBeLessThan(2 * near(0.5));
    const error = noiseError95(epsilon, share);
    expect(shareOf((x) => Math.abs(x) <= error)).toBeGreaterThan(0.95 - near(0.95));
    expect(shareOf((x) => Math.abs(x) <= error - 1)).toBeLessThan(0.95 + near(0.95));
  });

  it('is drawn from the platform without bias', () => {
    const n = 30_000;
    const drawn = Array.from({ length: n }, () => drawSecurely(3));
    for (const value of [0, 1, 2])
      expect(Math.abs(drawn.filter((x) => x === value).length / n - 1 / 3)).toBeLessThan(0.012);
    expect(() => drawSecurely(0)).toThrow(RangeError);
  });
});

describe('the budget of the day', () => {
  const noise = { epsilon: 1, dailyEpsilon: 3 };
  const release = (values: NoisyValues, atS: number) =>
    values.release('f', [{ value: 9, share: 1 }], atS, noise);

  it('is spent by releases of a figure, and is there again the next day', () => {
    const values = new NoisyValues(drawer(1));
    expect([0, 900, 1800, 2700].map((atS) => release(values, atS) !== undefined)).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(values.release('other', [{ value: 1, share: 1 }], 2700, noise)).toBeDefined();
    expect(release(values, 86_400)).toBeDefined();
  });

  it('withholds a sum whose budget is spent; nothing of it comes later', () => {
    const sums = new ReleaseAggregator(false, new NoisyValues(drawer(2)));
    const told: number[] = [];
    for (let i = 0; i < 6; i++) {
      for (let person = 0; person < 8; person++)
        sums.visited(person, { zone: 'z', fromS: 900 * i, toS: 900 * i + 10, whole: true });
      told.push(sums.release({ k: 5, noise }, 900 * i + 899).length);
    }
    expect(told).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('changes the numbers, keeps them in the contract, and leaves routes out', () => {
    const sums = new ReleaseAggregator(true, new NoisyValues(drawer(3)));
    for (let person = 0; person < 8; person++) {
      sums.went(person, 'a', 'b', [[0, 0], [5, 5]], 10); // prettier-ignore
      sums.spent(person, [1, 1], 3, 10);
    }
    const records = sums.release({ k: 5, noise: { epsilon: 0.5, dailyEpsilon: 5 } }, 900);
    expect(records.map(({ type }) => type).sort()).toEqual(['heat', 'od']);
    for (const record of records) if ('people' in record) expect(record.people).toBeGreaterThanOrEqual(5);
  });
});
