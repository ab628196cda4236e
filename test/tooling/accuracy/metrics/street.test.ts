import { describe, expect, it } from 'vitest';
import { coverScores, roadAgreement, signScores } from '../../../accuracy/metrics/street.ts';

describe('signs told against signs passed', () => {
  const passes = [
    { kind: 'stop', fromS: 0, toS: 5 },
    { kind: 'limit', fromS: 2, toS: 5 },
    { kind: 'stop', fromS: 20, toS: 25 },
  ];
  it.each([
    {
      says: 'all',
      told: [
        ['stop', 4.5],
        ['limit', 5],
        ['stop', 26],
      ],
      right: 3,
    },
    { says: 'another kind is wrong', told: [['slow', 4.5]], right: 0 },
    {
      says: 'the second time is wrong',
      told: [
        ['stop', 4.5],
        ['stop', 4.6],
      ],
      right: 1,
    },
    {
      says: 'too early, or long after, is wrong',
      told: [
        ['stop', 1],
        ['stop', 12],
      ],
      right: 0,
    },
    { says: 'nothing told', told: [], right: 0 },
  ] as const)('$says', ({ told, right }) => {
    const scores = signScores(
      passes,
      told.map(([kind, atS]) => ({ kind, atS })),
    );
    expect(scores).toMatchObject({ truth: 3, told: told.length, right, recall: right / 3 });
    if (told.length > 0) expect(scores.precision).toBeCloseTo(right / told.length);
  });
});

describe('a sign told as its group', () => {
  it('is right, but not named', () => {
    const passes = [
      { kind: 'limit-40', group: 'prohibition', fromS: 0, toS: 5 },
      { kind: 'stop', group: 'stop', fromS: 6, toS: 9 },
    ];
    const told = [
      { kind: 'prohibition', atS: 5 },
      { kind: 'stop', atS: 9 },
    ];
    expect(signScores(passes, told)).toMatchObject({ truth: 2, right: 2, named: 1, precision: 1 });
    expect(signScores(passes, [{ kind: 'warning', atS: 5 }])).toMatchObject({ right: 0, named: 0 });
  });
});

describe('a sign that was only far away', () => {
  const far = [{ kind: 'stop', fromS: 0, toS: 5, ignore: true }];
  it('is no miss, and not wrong when it is told', () => {
    expect(signScores(far, [])).toMatchObject({ truth: 0, told: 0, right: 0 });
    const told = [
      { kind: 'stop', atS: 5 },
      { kind: 'stop', atS: 5.5 },
    ];
    expect(signScores(far, told)).toMatchObject({ truth: 0, told: 1, right: 0, precision: 0 });
  });
});

describe('the state of the road', () => {
  const truth = [
    { fromS: 0, toS: 4, state: 'free' },
    { fromS: 4, toS: 10, state: 'jammed' },
  ];
  it.each([
    {
      says: 'always right',
      told: [
        ['free', 0],
        ['jammed', 4],
      ],
      expected: 1,
    },
    {
      says: 'two seconds late',
      told: [
        ['free', 0],
        ['jammed', 6],
      ],
      expected: 0.8,
    },
    { says: 'nothing told is wrong', told: [['free', 2]], expected: 0.2 },
  ] as const)('$says', ({ told, expected }) => {
    const records = told.map(([state, atS]) => ({ state, atS }));
    expect(roadAgreement(truth, records)).toBeCloseTo(expected, 6);
  });
});

describe('people covered in pictures', () => {
  it.each([
    { says: 'all of them', covers: [[0, 0, 50, 50]], covered: 1, headsSeen: 0 },
    { says: 'nobody', covers: [], covered: 0, headsSeen: 1 },
    { says: 'the head but not the feet', covers: [[0, 0, 50, 15]], covered: 0.5, headsSeen: 0 },
    { says: 'the feet but not the head', covers: [[0, 15, 50, 50]], covered: 0.5, headsSeen: 1 },
  ] as const)('$says', ({ covers, covered, headsSeen }) => {
    expect(coverScores([{ people: [[10, 10, 14, 20]], covers }])).toEqual({
      people: 1,
      covered,
      headsSeen,
      tallestSeen: headsSeen * 10,
    });
  });
});
