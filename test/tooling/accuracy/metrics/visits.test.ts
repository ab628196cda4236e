import { describe, expect, it } from 'vitest';
import { fitCohort, fitMatching } from '../../../accuracy/fit-matching.ts';
import { identification } from '../../../accuracy/cases/repeat-visits.ts';
import { cosine } from '../../../../workers/camera/vision/faces/descriptors.ts';
import { random } from '../../../unit/workers/camera/vision/rng.ts';
import { visitScores, type ToldVisit, type TrueVisit } from '../../../accuracy/metrics/visits.ts';

const was = (day: number, visit: number, fromS: number, daysSinceLast?: number): TrueVisit => ({
  day,
  visit,
  fromS,
  toS: fromS + 4,
  ...(daysSinceLast !== undefined && { daysSinceLast }),
});
const told = (day: number, visit: number, atS: number, daysSinceLast?: number): ToldVisit => ({
  day,
  visit,
  atS,
  daysSinceLast,
});

describe('visit scores', () => {
  const truth = [was(1, 1, 0), was(1, 1, 2), was(2, 2, 10, 1)];

  it.each([
    {
      says: 'all right',
      records: [told(0, 1, 4), told(0, 1, 6), told(1, 2, 14, 1)],
      scores: { told: 3, correct: 1, returnsFound: 1, firstMistaken: 0 },
    },
    {
      says: 'a stranger taken for somebody known, and a return missed',
      records: [told(0, 1, 4), told(0, 2, 6, 1), told(1, 1, 14)],
      scores: { told: 3, correct: 1 / 3, returnsFound: 0, firstMistaken: 0.5 },
    },
    {
      says: 'the wrong person known again: the days since do not agree',
      records: [told(1, 2, 14, 2)],
      scores: { told: 1, correct: 0, returnsFound: 1 },
    },
    {
      says: 'seen again on the same day, which is no visit',
      records: [told(0, 1, 4), told(0, 1, 6, 0)],
      scores: { told: 1, correct: 1 },
    },
  ])('$says', ({ records, scores }) => {
    expect(visitScores(truth, records)).toMatchObject({ expected: 3, ...scores });
  });
});

describe('identification', () => {
  const at = (...template: number[]) => Float32Array.from(template);

  it('counts those who come again, and of them who is most like themselves', () => {
    const passages = [
      { identity: 'a', template: at(1, 0, 0) },
      { identity: 'a', template: at(1, 0.1, 0) },
      { identity: 'b', template: at(0, 1, 0) },
      { identity: 'b', template: at(1, 0.2, 0) },
      { identity: 'c', template: at(0, 0, 1) },
    ];
    const found = identification(passages, cosine);
    expect(found).toMatchObject({ passages: 5, returning: 4 });
    // Both of a are nearest to one another; both of b are nearer to a.
    expect(found.rank1).toBeCloseTo(0.5);
  });
});

describe('the fit of matching', () => {
  const ramp = Array.from({ length: 1001 }, (_, i) => i / 1000);

  it('is percentiles, and the mean excess of the tail', () => {
    const fit = fitMatching(ramp, [{ name: 'all', scores: ramp }]);
    expect(fit.same[50]).toBeCloseTo(0.5);
    expect(fit.tail.from).toBeCloseTo(0.95, 2);
    expect(fit.tail.share).toBeCloseTo(0.05, 2);
    expect(fit.tail.excess).toBeCloseTo(0.025, 2);
  });

  it('is that of the group whose strangers reach furthest, and names them all', () => {
    const low = { name: 'low', scores: ramp.map((x) => 0.8 * x) };
    const fit = fitMatching(ramp, [low, { name: 'high', scores: ramp }]);
    expect(fit.groups.map(({ name, pairs }) => [name, pairs])).toEqual([
      ['high', 1001],
      ['low', 1001],
    ]);
    expect(fit.tail).toEqual(fit.groups[0]!.tail);
    expect(fit.different[50]).toBeCloseTo(0.5);
  });
});

describe('the fit of the space', () => {
  it('finds the mean, the direction in which most varies, and the variances', () => {
    const next = random(3);
    const descriptors = Array.from({ length: 400 }, () =>
      Float32Array.from([0.5 + next() - 0.5, 3 * (next() - 0.5), 0.1 * next()]),
    );
    const { mean, directions, variances, rest } = fitCohort(descriptors, 1);
    expect(mean[0]).toBeCloseTo(0.5, 1);
    expect(directions).toHaveLength(1);
    expect(directions[0]![1]).toBeCloseTo(1, 2);
    // Of uniform numbers on an interval of length w: w squared by 12.
    expect(variances[0]).toBeCloseTo(9 / 12, 1);
    expect(rest).toBeCloseTo((1 / 12 + 0.01 / 12) / 2, 1);
  });
});
