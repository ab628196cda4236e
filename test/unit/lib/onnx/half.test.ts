import { describe, expect, it } from 'vitest';
import { fromHalf, toHalfExactly } from '../../../../lib/onnx/half.ts';

describe('half precision', () => {
  it.each([
    { says: 'one', bits: 0x3c00, value: 1 },
    { says: 'minus two', bits: 0xc000, value: -2 },
    { says: 'the largest', bits: 0x7bff, value: 65504 },
    { says: 'the smallest normal', bits: 0x0400, value: 2 ** -14 },
    { says: 'the smallest of all', bits: 0x0001, value: 2 ** -24 },
    { says: 'a third, rounded', bits: 0x3555, value: 0.333251953125 },
    { says: 'infinity', bits: 0x7c00, value: Infinity },
    { says: 'minus zero', bits: 0x8000, value: -0 },
  ])('$says', ({ bits, value }) => {
    expect(fromHalf(bits)).toBe(value);
    expect(toHalfExactly(value)).toBe(bits);
  });

  it('gives every pattern back that is a number', () => {
    const wrong = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (!Number.isNaN(value) && toHalfExactly(value) !== bits) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    { says: 'a third', value: Math.fround(1 / 3) },
    { says: 'one bit too fine', value: 1 + 2 ** -11 },
    { says: 'too large', value: 65505 },
    { says: 'too large for any half', value: 1e6 },
    { says: 'too small', value: 2 ** -25 },
    { says: 'between two of the smallest', value: 1.5 * 2 ** -24 },
    { says: 'not even a single', value: 0.1 },
    { says: 'not a number', value: NaN },
  ])('refuses what would be rounded: $says', ({ value }) => {
    expect(toHalfExactly(value)).toBeUndefined();
  });
});
