import { describe, expect, it } from 'vitest';
import { detectionScores, type ScoredBox, type TruthBox } from '../../../accuracy/metrics/detections.ts';

const there = (x: number, height: number, extra: Partial<TruthBox> = {}): TruthBox => ({
  box: [x, 0, x + 20, height],
  ...extra,
});
const seen = (x: number, height: number, score: number, label?: string): ScoredBox => ({
  box: [x, 0, x + 20, height],
  score,
  ...(label && { label }),
});

describe('detectionScores', () => {
  it('gives what the worked example gives by hand', () => {
    // Two pictures. First: a small and a large object, the large one found, the small one not, one false box of middle
    // size. Second: one large object, found twice; the second box is a false one.
    const truth = [[there(0, 20), there(100, 150)], [there(0, 140)]];
    const found = [
      [seen(100, 150, 0.9), seen(300, 50, 0.8)],
      [seen(0, 140, 0.7), seen(0, 139, 0.6)],
    ];
    const scores = detectionScores(truth, found);
    expect(scores).toMatchObject({ truth: 3, found: 4, matches: 2, precision: 2 / 4, recall: 2 / 3 });
    expect(scores.bySize).toMatchObject({
      '0-32': { truth: 1, found: 0, matches: 0, recall: 0 },
      '32-64': { truth: 0, found: 1, matches: 0, precision: 0 },
      '64-128': { truth: 0, found: 0 },
      '128+': { truth: 2, found: 3, matches: 2, precision: 2 / 3, recall: 1 },
    });
  });

  it.each([
    {
      says: 'an overlap below the threshold is no match',
      truth: [there(0, 100)],
      found: [seen(0, 49, 0.9)],
      expected: { found: 1, matches: 0 },
    },
    {
      says: 'an overlap at the threshold is one',
      truth: [there(0, 100)],
      found: [seen(0, 50, 0.9)],
      expected: { found: 1, matches: 1 },
    },
    {
      says: 'the surer box gets the object, although the other fits better',
      truth: [there(0, 100)],
      found: [seen(0, 100, 0.3), seen(0, 60, 0.9)],
      expected: { found: 2, matches: 1 },
    },
    {
      says: 'labels must agree where both sides have one',
      truth: [there(0, 100, { label: 'car' })],
      found: [seen(0, 100, 0.9, 'person')],
      expected: { found: 1, matches: 0 },
    },
    {
      says: 'a box on something to be ignored is neither right nor wrong',
      truth: [there(0, 100, { ignore: true })],
      found: [seen(0, 100, 0.9), seen(0, 90, 0.8)],
      expected: { truth: 0, found: 0, matches: 0 },
    },
    {
      says: 'what counts goes before what is to be ignored, even if the latter overlaps more',
      truth: [there(0, 100, { ignore: true }), there(0, 80)],
      found: [seen(0, 100, 0.9)],
      expected: { truth: 1, found: 1, matches: 1 },
    },
    {
      says: 'detections below the score are left out',
      truth: [there(0, 100)],
      found: [seen(0, 100, 0.29)],
      expected: { truth: 1, found: 0, matches: 0 },
    },
  ])('$says', ({ truth, found, expected }) => {
    expect(detectionScores([truth], [found], { minScore: 0.3 })).toMatchObject(expected);
  });

  it('refuses lists of different length', () => {
    expect(() => detectionScores([[]], [])).toThrow('Truth has 1 pictures, the result 0.');
  });
});
