import { describe, expect, it } from 'vitest';
import {
  CrossingAccuracy,
  PresenceAccuracy,
  SETTLED_S,
  errorOf,
  precisionOf,
  recallOf,
} from '../../../../src/live/accuracy.ts';
import type { LiveCrossing } from '../../../../scenes/live/contract.ts';

const truly = (atS: number, part: Partial<LiveCrossing> = {}): LiveCrossing => ({
  line: 'l1',
  id: 'a-1',
  kind: 'pedestrian',
  direction: 'forward',
  atS,
  ...part,
});
const told = (atS: number, part: Partial<Omit<LiveCrossing, 'id'>> = {}) => ({
  line: 'l1',
  kind: 'pedestrian' as const,
  direction: 'forward' as const,
  atS,
  ...part,
});
const score = (crossings: LiveCrossing[], counts: ReturnType<typeof told>[], nowS = 1000) => {
  const accuracy = new CrossingAccuracy();
  accuracy.crossed(crossings);
  for (const count of counts) accuracy.counted(count);
  accuracy.settle(nowS);
  return accuracy.score;
};

describe('counted crossings against true ones', () => {
  it.each([
    { says: 'at the same moment', counts: [told(10)], found: 1, extra: 0 },
    { says: 'within a second', counts: [told(10.9)], found: 1, extra: 0 },
    { says: 'too late to be meant', counts: [told(11.5)], found: 0, extra: 1 },
    { says: 'twice', counts: [told(10), told(10.2)], found: 1, extra: 1 },
    { says: 'in the other direction', counts: [told(10, { direction: 'backward' })], found: 0, extra: 1 },
    { says: 'on another line', counts: [told(10, { line: 'l2' })], found: 0, extra: 1 },
    { says: 'not at all', counts: [], found: 0, extra: 0 },
  ])('one crossing counted $says', ({ counts, found, extra }) => {
    expect(score([truly(10)], counts)).toMatchObject({ truth: 1, found, extra });
  });

  it('a wrong kind is found, but not right; the right kind is taken first', () => {
    const car = told(10, { kind: 'car' as never });
    expect(score([truly(10)], [car])).toMatchObject({ found: 1, rightKind: 0 });
    expect(score([truly(10)], [car, told(10.5)])).toMatchObject({ found: 1, rightKind: 1, extra: 1 });
  });

  it('nothing is settled before the camera has had its time', () => {
    const accuracy = new CrossingAccuracy();
    accuracy.crossed([truly(10)]);
    accuracy.settle(10 + SETTLED_S - 0.1);
    expect(accuracy.score.truth).toBe(0);
    // The camera tells late, of a moment long past.
    accuracy.counted(told(10.1));
    accuracy.settle(10 + SETTLED_S);
    expect(accuracy.score).toMatchObject({ truth: 1, found: 1, extra: 0 });
    accuracy.settle(100);
    expect(accuracy.score).toMatchObject({ truth: 1, found: 1, extra: 0 });
  });

  it('recall, precision and the error of each direction follow', () => {
    const sums = score(
      [truly(10), truly(20), truly(30), truly(40, { direction: 'backward' })],
      [told(10), told(20), told(50), told(60), told(70)],
    );
    expect(recallOf(sums)).toBe(0.5);
    expect(precisionOf(sums)).toBe(0.4);
    expect(errorOf(sums, 'forward')).toBeCloseTo(2 / 3, 9);
    expect(errorOf(sums, 'backward')).toBe(-1);
  });

  it('says nothing where there is nothing', () => {
    const empty = score([], []);
    expect([recallOf(empty), precisionOf(empty), errorOf(empty, 'forward')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('forgets', () => {
    const accuracy = new CrossingAccuracy();
    accuracy.crossed([truly(10)]);
    accuracy.forget();
    accuracy.settle(100);
    expect(accuracy.score.truth).toBe(0);
  });
});

describe('numbers present', () => {
  it('are compared with the truth of the same moment', () => {
    const accuracy = new PresenceAccuracy<number>();
    for (const [atS, truth] of [
      [1, 4],
      [2, 6],
      [3, 8],
    ] as const)
      accuracy.was(atS, truth);
    accuracy.told(2.1, 5, (n) => n);
    accuracy.told(3, 10, (n) => n);
    expect(accuracy.score).toEqual({ told: 2, meanError: 1.5, meanTruth: 7 });
  });

  it.each([
    { says: 'of a moment without truth', atS: 9 },
    { says: 'of a moment forgotten long ago', atS: 0 },
  ])('say nothing $says', ({ atS }) => {
    const accuracy = new PresenceAccuracy<number>();
    accuracy.was(0, 3);
    accuracy.was(20, 3);
    accuracy.told(atS, 3, (n) => n);
    expect(accuracy.score.told).toBe(0);
  });
});
