import { describe, expect, it } from 'vitest';
import { forwardNormal } from '../../../contract/index.ts';

describe('forwardNormal', () => {
  it.each([
    { says: 'a line drawn left to right counts downwards as forward', a: [0, 0.5], b: [1, 0.5], n: [0, 1] },
    { says: 'a line drawn right to left counts upwards as forward', a: [1, 0.5], b: [0, 0.5], n: [0, -1] },
    { says: 'a line drawn top to bottom counts leftwards as forward', a: [0.5, 0], b: [0.5, 1], n: [-1, 0] },
    { says: 'a line without length has no direction', a: [0.5, 0.5], b: [0.5, 0.5], n: [0, 0] },
  ] as const)('$says', ({ a, b, n }) => {
    const [x, y] = forwardNormal([...a], [...b], 16 / 9);
    expect(x).toBeCloseTo(n[0]);
    expect(y).toBeCloseTo(n[1]);
  });

  it('is a right angle in pixels, not in fractions of unequal sides', () => {
    const aspect = 2;
    const [x, y] = forwardNormal([0, 0], [0.5, 1], aspect);
    expect(x * 0.5 * aspect + y * 1).toBeCloseTo(0);
  });
});
