import { describe, expect, it } from 'vitest';
import { DotProducts } from '../../../../../../../workers/camera/cases/repeat-visits/vault/dot-products.ts';
import { comparingMs } from '../../../../../../bench/parts.ts';
import { random as randomFrom } from '../../../vision/rng.ts';

const bytes = (length: number, random: () => number) =>
  Int8Array.from({ length }, () => Math.floor(random() * 255) - 127);

function plainly(query: Int8Array, vectors: Int8Array): number[] {
  return Array.from({ length: vectors.length / query.length }, (_, row) =>
    query.reduce((sum, x, i) => sum + x * vectors[row * query.length + i]!, 0),
  );
}

function dots(query: Int8Array, vectors: Int8Array): number[] {
  const found: number[] = [];
  new DotProducts(query.length).forEach(query, vectors, (dot, index) => (found[index] = dot));
  return found;
}

describe('dot products', () => {
  it.each([
    { says: 'none at all', length: 16, rows: 0 },
    { says: 'one short vector', length: 16, rows: 1 },
    { says: 'as many as fit in one go', length: 32, rows: 256 },
    { says: 'some more than that', length: 1024, rows: 600 },
  ])('agree with a plain loop: $says', ({ length, rows }) => {
    const random = randomFrom(length + rows);
    const query = bytes(length, random);
    const vectors = bytes(length * rows, random);
    expect(dots(query, vectors)).toEqual(plainly(query, vectors));
  });

  it('do not overflow where all numbers are as large as they can be', () => {
    const query = new Int8Array(1024).fill(-127);
    expect(dots(query, new Int8Array(2048).fill(-127))).toEqual([1024 * 127 * 127, 1024 * 127 * 127]);
    expect(dots(query, new Int8Array(1024).fill(127))).toEqual([-1024 * 127 * 127]);
  });

  it.each([0, -16, 17, 1000, NaN])('refuse vectors of %s numbers', (length) => {
    expect(() => new DotProducts(length)).toThrowError(RangeError);
  });
});

describe('the time of a comparison', () => {
  // By the clock it is measured by `npm run bench -- --parts`.
  it('grows with the number of vectors and no faster', () => {
    const [few, many] = [comparingMs(1000), comparingMs(10_000)];
    // Ten times as many in at most thirty times as long: the machine may be busy.
    expect(many / few).toBeLessThan(30);
  });
});
