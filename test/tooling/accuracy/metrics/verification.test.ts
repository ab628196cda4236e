import { describe, expect, it } from 'vitest';
import {
  auc,
  equalErrorRate,
  operatingPoint,
  pairScores,
  rankOne,
} from '../../../accuracy/metrics/verification.ts';

/** Four same pairs and ten different ones, of which one scores above two of the same. */
const WORKED = {
  same: [0.9, 0.8, 0.6, 0.5],
  different: [0.7, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1, 0.0, 0.0],
};

describe('operatingPoint', () => {
  it.each([
    {
      says: 'no different pair is accepted: two of four same pairs lie above .7',
      maxFar: 0.05,
      expected: { threshold: 0.8, tar: 0.5, far: 0 },
    },
    {
      says: 'one of ten may be accepted: the threshold falls to the lowest score above .4',
      maxFar: 0.1,
      expected: { threshold: 0.5, tar: 1, far: 0.1 },
    },
    {
      says: 'equal scores are accepted together or not at all: two of .3 would make four',
      maxFar: 0.3,
      expected: { threshold: 0.4, tar: 1, far: 0.2 },
    },
    {
      says: 'everything may be accepted',
      maxFar: 1,
      expected: { threshold: 0, tar: 1, far: 1 },
    },
  ])('$says', ({ maxFar, expected }) => {
    expect(operatingPoint(WORKED, maxFar)).toEqual(expected);
  });

  it('accepts nothing when a different pair scores highest and none may pass', () => {
    expect(operatingPoint({ same: [0.5], different: [0.6] }, 0)).toEqual({
      threshold: Infinity,
      tar: 0,
      far: 0,
    });
  });

  it('refuses to judge without pairs', () => {
    expect(() => operatingPoint({ same: [], different: [1] }, 0.1)).toThrow('0 same and 1 different');
  });
});

describe('auc', () => {
  it.each([
    // Of 4 x 10 comparisons, .6 and .5 lose one each.
    { says: 'the worked example', ...WORKED, expected: 38 / 40 },
    { says: 'perfectly apart', same: [2, 3], different: [0, 1], expected: 1 },
    { says: 'the wrong way round', same: [0], different: [1, 2], expected: 0 },
    { says: 'all alike', same: [1, 1], different: [1], expected: 0.5 },
    { says: 'one tie of two', same: [1], different: [1, 0], expected: 0.75 },
  ])('$says', ({ same, different, expected }) => {
    expect(auc({ same, different })).toBeCloseTo(expected, 12);
  });
});

describe('equalErrorRate', () => {
  it.each([
    // At .5 FAR is 1/10 and FRR 0; at .6 FAR is 1/10 and FRR 1/4; nowhere closer than at .5.
    { says: 'the worked example', ...WORKED, expected: 0.05 },
    { says: 'perfectly apart', same: [2, 3], different: [0, 1], expected: 0 },
    { says: 'one of two wrong on either side', same: [1, 3], different: [0, 2], expected: 0.5 },
  ])('$says', ({ same, different, expected }) => {
    expect(equalErrorRate({ same, different })).toBeCloseTo(expected, 12);
  });
});

describe('pairs and ranks', () => {
  const ids = ['a', 'a', 'b', 'b', 'c'];
  const at = [0, 1, 3, 11, 12];
  const near = (a: number, b: number) => -Math.abs(at[a]! - at[b]!);

  it('splits every pair once', () => {
    const { same, different } = pairScores(ids, near);
    expect(same).toEqual([-1, -8]);
    expect(different).toHaveLength(8);
  });

  it('counts whose nearest other is of the same identity', () => {
    // Both a are nearest one another; b at 3 is nearest to a, b at 11 to c, and c has no other.
    expect(rankOne(ids, near)).toBe(2 / 5);
  });
});
