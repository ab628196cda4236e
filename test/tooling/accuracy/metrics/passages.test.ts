import { describe, expect, it } from 'vitest';
import type { AttributeRecord } from '../../../../contract/index.ts';
import { pairPassages, passageScores, type TruePassage } from '../../../accuracy/metrics/passages.ts';

const person = (fromS: number, toS: number, age: number, sex: 'male' | 'female'): TruePassage => ({
  ...{ fromS, toS, age, sex },
});
const told = (atS: number, age: AttributeRecord['age'], sex: AttributeRecord['sex']): AttributeRecord => ({
  ...{ type: 'attribute', case: 'attributes', quality: 1, atS, age, sex },
});

describe('pairing records with passages', () => {
  it.each([
    { says: 'one at its end', truth: [person(0, 3, 30, 'male')], atS: [3], pairs: [[0, 0]] },
    {
      says: 'one in the middle, because the face was lost',
      truth: [person(0, 3, 30, 'male')],
      atS: [1],
      pairs: [[0, 0]],
    },
    { says: 'none long after', truth: [person(0, 3, 30, 'male')], atS: [6], pairs: [] },
    {
      says: 'two that overlap, each to the nearer end',
      truth: [person(0, 3, 30, 'male'), person(1, 5, 30, 'male')],
      atS: [4.9, 3.1],
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
    {
      says: 'as many as possible, not the closest first',
      truth: [person(0, 3, 30, 'male'), person(3, 9, 30, 'male')],
      atS: [3, 1],
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ])('$says', ({ truth, atS, pairs }) => {
    const records = atS.map((s) => told(s, '30-39', 'male'));
    const found = pairPassages(truth, records).map(([p, r]) => [truth.indexOf(p), records.indexOf(r)]);
    expect(found.sort()).toEqual(pairs);
  });
});

describe('scores of passages', () => {
  it('are what a worked example gives by hand', () => {
    const truth = [
      person(0, 2, 34, 'female'),
      person(3, 5, 67, 'male'),
      person(6, 8, 8, 'male'),
      person(9, 11, 25, 'female'),
    ];
    // The first is right, the second two bands off, the third without an age, the fourth was missed; one is a ghost.
    const records = [
      told(2, '30-39', 'female'),
      told(5, '40-49', 'male'),
      told(8, 'unknown', 'female'),
      told(30, '20-29', 'unknown'),
    ];
    expect(passageScores(truth, records)).toEqual({
      expected: 4,
      told: 4,
      matched: 3,
      countError: 0,
      ageSaid: 2 / 3,
      sexSaid: 1,
      bandAccuracy: 0.5,
      bandWithinOne: 0.5,
      bandError: 1,
      sexAccuracy: 2 / 3,
      womenBias: 2 / 3 - 1 / 2,
    });
  });

  it('count what was told too often', () => {
    const scores = passageScores(
      [person(0, 2, 34, 'female')],
      [told(1, '30-39', 'female'), told(2, '30-39', 'female')],
    );
    expect(scores).toMatchObject({ expected: 1, told: 2, matched: 1, countError: 1 });
  });
});
