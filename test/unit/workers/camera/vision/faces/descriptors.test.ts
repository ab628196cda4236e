import { describe, expect, it } from 'vitest';
import {
  averageOf,
  BestViews,
  cosine,
  normalise,
} from '../../../../../../workers/camera/vision/faces/descriptors.ts';

const vector = (...numbers: number[]) => Float32Array.from(numbers);

describe('cosine', () => {
  it.each([
    { says: 'the same direction', a: vector(1, 2), b: vector(3, 6), expected: 1 },
    { says: 'opposite', a: vector(1, 2), b: vector(-1, -2), expected: -1 },
    { says: 'at right angles', a: vector(1, 0), b: vector(0, 5), expected: 0 },
    { says: 'three four five', a: vector(3, 4), b: vector(1, 0), expected: 0.6 },
    { says: 'nothing', a: vector(0, 0), b: vector(1, 0), expected: 0 },
  ])('$says', ({ a, b, expected }) => {
    expect(cosine(a, b)).toBeCloseTo(expected, 6);
  });

  it('refuses different lengths', () => {
    expect(() => cosine(vector(1), vector(1, 2))).toThrow('vectors of 1 and 2 numbers');
  });
});

describe('averages', () => {
  it('have length 1 and lie in the middle, whatever the lengths', () => {
    const mean = averageOf([vector(2, 0), vector(0, 100)]);
    expect([...mean]).toEqual([expect.closeTo(Math.SQRT1_2, 6), expect.closeTo(Math.SQRT1_2, 6)]);
  });

  it('leave out what says nothing, and stay nothing of nothing', () => {
    expect([...averageOf([vector(0, 0), vector(0, 3)])]).toEqual([0, 1]);
    expect([...averageOf([vector(0, 0)])]).toEqual([0, 0]);
    expect([...normalise(vector(0, 0))]).toEqual([0, 0]);
  });

  it('leave their parts as they were', () => {
    const part = vector(2, 0);
    averageOf([part, part]);
    expect([...part]).toEqual([2, 0]);
  });

  it('refuse none, and different lengths', () => {
    expect(() => averageOf([])).toThrow('nothing to average');
    expect(() => averageOf([vector(1), vector(1, 2)])).toThrow(RangeError);
  });
});

describe('BestViews', () => {
  it('keeps the best, and zeroes at once what it does not keep', () => {
    const views = new BestViews(2);
    const [poor, good, best] = [vector(1, 0), vector(0, 1), vector(0, 2)];
    views.add(poor, 0.1);
    views.add(good, 0.5);
    expect([...poor]).toEqual([1, 0]);
    expect([views.wants(0.05), views.wants(0.3)]).toEqual([false, true]);
    views.add(best, 0.9);
    expect([...poor]).toEqual([0, 0]);
    expect([...views.average()!]).toEqual([0, 1]);
    expect([views.count, views.bytes]).toEqual([2, 16]);
  });

  it('zeroes one that is not good enough', () => {
    const views = new BestViews(1);
    views.add(vector(1, 0), 0.5);
    const late = vector(0, 1);
    views.add(late, 0.5);
    expect([...late]).toEqual([0, 0]);
    expect([...views.average()!]).toEqual([1, 0]);
  });

  it('forgets everything', () => {
    const views = new BestViews();
    const one = vector(1, 1);
    views.add(one, 1);
    views.wipe();
    expect([...one]).toEqual([0, 0]);
    expect([views.count, views.bytes, views.average()]).toEqual([0, 0, undefined]);
  });

  it.each([0, -1, 1.5])('refuses to keep %d', (max) => {
    expect(() => new BestViews(max)).toThrow(RangeError);
  });
});
