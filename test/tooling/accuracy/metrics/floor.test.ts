import { describe, expect, it } from 'vitest';
import { truthTrips, truthVisits } from '../../../accuracy/cases/trajectories.ts';
import {
  dwellError,
  floorError,
  ownerOf,
  type FloorPosition,
  type TimedPoint,
  type Visit,
} from '../../../accuracy/metrics/floor.ts';

/** Two people walk side by side, 3 m apart, for ten seconds. */
const truth = (timeS: number): ReadonlyMap<string, FloorPosition> =>
  new Map<string, FloorPosition>([
    ['a', [timeS, 0]],
    ['b', [timeS, 3]],
  ]);
const line = (y: (timeS: number) => number, seconds = 10): TimedPoint[] =>
  Array.from({ length: seconds }, (_, i) => ({ timeS: i, at: [i, y(i)] }));

describe('lines on the floor', () => {
  it.each([
    { says: 'a line half a metre off', lines: [line(() => 0.5)], median: 0.5, p90: 0.5, strays: 0 },
    {
      says: 'a line that goes over to somebody else for its last three points',
      lines: [line((t) => (t < 7 ? 0 : 3))],
      median: 0,
      p90: 3,
      strays: 0,
    },
    { says: "nobody's line", lines: [line(() => 0), line(() => -5)], median: 0, p90: 0, strays: 1 },
  ])('judges $says', ({ lines, median, p90, strays }) => {
    expect(floorError(lines, truth)).toMatchObject({ median, p90, strayLines: strays });
  });

  it('belong to who is nearest in the median, if anybody is near', () => {
    expect(
      ownerOf(
        line(() => 2),
        truth,
      ),
    ).toBe('b');
    expect(
      ownerOf(
        line(() => -2.5),
        truth,
      ),
    ).toBeUndefined();
    expect(ownerOf([], truth)).toBeUndefined();
  });
});

describe('dwell times', () => {
  const visit = (person: string, fromS: number, toS: number, zone = 'z'): Visit => ({
    person,
    zone,
    fromS,
    toS,
  });

  it('are compared visit by visit', () => {
    const real = [visit('a', 0, 10), visit('a', 20, 30), visit('b', 0, 5)];
    const told = [visit('a', 1, 12), visit('a', 20, 30), visit('b', 0, 5, 'other')];
    expect(dwellError(real, told)).toEqual({ truth: 3, told: 3, matched: 2, share: 1 / 20 });
  });

  it('match a visit that was told in two pieces once, with the longer', () => {
    const { matched, share } = dwellError([visit('a', 0, 10)], [visit('a', 0, 3), visit('a', 4, 10)]);
    expect([matched, share]).toEqual([1, 0.4]);
  });

  it('err by nothing that could be said when nothing matches', () => {
    expect(dwellError([visit('a', 0, 10)], []).share).toBeNaN();
  });
});

describe('the truth of visits and trips', () => {
  const zones = [
    { id: 'door', points: [], role: 'entrance' as const },
    { id: 'shelf', points: [], role: 'shelf' as const },
  ];
  const stay = (zone: string, fromS: number, toS: number, whole = true) => ({
    zone,
    id: 'p',
    fromS,
    toS,
    whole,
  });

  it.each([
    { says: 'a moment at the door', stays: [stay('door', 1, 1.5)], visits: 1 },
    { says: 'a moment at a shelf', stays: [stay('shelf', 1, 2)], visits: 0 },
    {
      says: 'two stays with a second between them',
      stays: [stay('shelf', 1, 3), stay('shelf', 4, 6)],
      visits: 1,
    },
    { says: 'a stay that the clip cuts off', stays: [stay('shelf', 0, 9, false)], visits: 0 },
  ])('counts $says', ({ stays, visits }) => {
    expect(truthVisits({ stays, zones })).toHaveLength(visits);
  });

  it('counts a trip for each change of zone', () => {
    const stays = [
      stay('door', 0, 1, false),
      stay('shelf', 3, 8),
      stay('shelf', 12, 15),
      stay('door', 18, 19),
    ];
    expect(truthTrips({ stays, zones })).toBe(2);
  });
});
