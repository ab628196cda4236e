import { describe, expect, it } from 'vitest';
import {
  FACE_MATCHING,
  falseMatches,
  falseMatchesIn,
  likenessOf,
  missedMatches,
  mistakenAmong,
  thresholdFor,
} from '../../../../../../../contract/index.ts';
import { ImpostorScores } from '../../../../../../../workers/camera/cases/repeat-visits/vision/score-normalization.ts';
import { normal, random } from '../../../vision/rng.ts';

describe('how alike strangers look', () => {
  const prior = { mean: 0.5, deviation: 0.1 };

  it('is what was known, as long as nobody was seen together', () => {
    expect(new ImpostorScores(prior).adapt(0.7)).toBeCloseTo(0.7);
  });

  it.each([
    { says: 'as before', mean: 0.5, deviation: 0.1 },
    { says: 'more alike', mean: 0.7, deviation: 0.1 },
    { says: 'by turns', mean: 0.45, deviation: 0.15 },
  ])('is learnt: $says; as many strangers pass the threshold as before', ({ mean, deviation }) => {
    const next = random(3);
    const strangers = new ImpostorScores(prior);
    for (let i = 0; i < 2000; i++) strangers.add(mean + deviation * normal(next));
    // Two standard deviations above the mean, there as here.
    expect(strangers.adapt(0.7)).toBeCloseTo(mean + 2 * deviation, 1);
    expect(strangers.pairs).toBe(2000);
  });

  it('never lowers the threshold where strangers look less alike: the next one may be of another group', () => {
    const strangers = new ImpostorScores(prior);
    for (let i = 0; i < 100; i++) strangers.add(0.2);
    expect(strangers.adapt(0.7)).toBe(0.7);
  });

  it('follows a place after a few pairs, because places differ by more than pairs do', () => {
    const strangers = new ImpostorScores(prior);
    for (let i = 0; i < 3; i++) strangers.add(0.8);
    expect(strangers.likeness.mean).toBeGreaterThan(0.7);
  });
});

describe('the errors of matching', () => {
  const thresholds = Array.from({ length: 60 }, (_, i) => 0.3 + i / 100);

  it('go against one another as the threshold rises', () => {
    for (const [i, at] of thresholds.slice(1).entries()) {
      expect(falseMatches(at)).toBeLessThanOrEqual(falseMatches(thresholds[i]!));
      expect(missedMatches(at)).toBeGreaterThanOrEqual(missedMatches(thresholds[i]!));
    }
  });

  it('know no gap where measuring ends and the tail begins', () => {
    const { from } = FACE_MATCHING.tail;
    expect(falseMatches(from + 1e-4)).toBeCloseTo(falseMatches(from - 1e-4), 2);
  });

  it.each([10, 100, 1000, 10_000])(
    'are held for strangers among %i people, at the price of returns',
    (people) => {
      const at = thresholdFor(people, 0.05);
      expect(mistakenAmong(people, at)).toBeCloseTo(0.05);
      expect(at).toBeGreaterThan(thresholdFor(people / 10, 0.05));
      expect(missedMatches(at)).toBeGreaterThan(missedMatches(thresholdFor(people / 10, 0.05)));
    },
  );

  it('still find most who come back where few are held', () => {
    expect(missedMatches(thresholdFor(1, 1))).toBeLessThan(0.25);
    expect(missedMatches(thresholdFor(10, 0.05))).toBeLessThan(0.4);
  });

  it('accept no more than one different pair in a hundred, however few are held', () => {
    expect(falseMatches(thresholdFor(0, 0.5))).toBeCloseTo(0.01);
  });

  it('are held in each group, the threshold being that of the worst', () => {
    const at = thresholdFor(1, 1);
    expect(FACE_MATCHING.groups.length).toBeGreaterThan(5);
    for (const { name, tail } of FACE_MATCHING.groups)
      expect(falseMatchesIn(tail, at), name).toBeLessThan(0.0101);
    expect(falseMatchesIn(FACE_MATCHING.groups[0]!.tail, at)).toBeCloseTo(falseMatches(at), 6);
  });

  it('come from a spread of strangers below the threshold', () => {
    const { mean, deviation } = likenessOf();
    expect(mean + deviation).toBeLessThan(thresholdFor(1, 0.01));
  });
});
