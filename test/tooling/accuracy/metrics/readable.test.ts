import { describe, expect, it } from 'vitest';
import type { ScoredBox } from '../../../accuracy/metrics/detections.ts';
import { readability, type Findable } from '../../../accuracy/metrics/readable.ts';

const box = (x: number, height: number) => [x, 0, x + 20, height] as const;
const there = (x: number, height: number, asked = true): Findable => ({ boxes: [box(x, height)], asked });
const seen = (x: number, height: number, score = 0.5): ScoredBox => ({ box: box(x, height), score });

describe('readability', () => {
  it('gives what the worked example gives by hand', () => {
    // First picture: two asked for, one found, and a detection on nothing. Second: one asked for and found, and one that
    // is not asked for, found as well.
    const truth = [
      [there(0, 100), there(50, 100)],
      [there(0, 80), there(50, 20, false)],
    ];
    const found = [
      [seen(0, 100), seen(200, 90)],
      [seen(0, 80), seen(50, 20)],
    ];
    expect(readability(truth, found)).toEqual({
      asked: 3,
      matches: 2,
      recall: 2 / 3,
      wrong: 1,
      precision: 2 / 3,
      precisionAll: 3 / 4,
    });
  });

  it.each([
    {
      says: 'what can be seen of somebody is as good as the whole',
      truth: [{ boxes: [box(0, 100), box(0, 40)], asked: true }],
      found: [seen(0, 40)],
      expected: { matches: 1, wrong: 0 },
    },
    {
      says: 'an overlap below the threshold is a miss and a wrong detection',
      truth: [there(0, 100)],
      found: [seen(0, 49)],
      expected: { matches: 0, wrong: 1 },
    },
    {
      says: 'a second detection of the same is wrong',
      truth: [there(0, 100)],
      found: [seen(0, 100, 0.9), seen(0, 99, 0.8)],
      expected: { matches: 1, wrong: 1, precisionAll: 0.5 },
    },
    {
      says: 'the surer detection chooses first, and takes what it fits best',
      truth: [there(0, 100), there(0, 70)],
      found: [seen(0, 71, 0.9), seen(0, 72, 0.4)],
      expected: { matches: 2, wrong: 0 },
    },
    {
      says: 'who is not asked for is neither a match nor a false detection',
      truth: [there(0, 100, false)],
      found: [seen(0, 100)],
      expected: { asked: 0, matches: 0, wrong: 0, recall: NaN, precision: NaN, precisionAll: 1 },
    },
    {
      says: 'a small detection on nothing counts only among all sizes',
      truth: [there(0, 100)],
      found: [seen(0, 100), seen(100, 30)],
      expected: { matches: 1, wrong: 0, precision: 1, precisionAll: 0.5 },
    },
  ])('$says', ({ truth, found, expected }) => {
    const large = (one: readonly number[]) => one[3]! - one[1]! >= 40;
    expect(readability([truth], [found], { large })).toMatchObject(expected);
  });

  it('refuses lists of different length', () => {
    expect(() => readability([[]], [])).toThrow('Truth has 1 pictures, the result 0.');
  });
});
