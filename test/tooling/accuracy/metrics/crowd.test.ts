import { describe, expect, it } from 'vitest';
import type { Truth } from '../../../../scenes/truth/schema.ts';
import { trueCrowd } from '../../../accuracy/cases/crowding.ts';
import { crowdScores } from '../../../accuracy/metrics/crowd.ts';

describe('errors of a number of people', () => {
  // Worked by hand: truth 10, 10, 20 (mean 40/3); told 10, 8, 23: errors 0, 2, 3 and -2, +3.
  const truth = [10, 10, 10, 10, 20, 20];
  const told = [
    { atS: 0.5, told: 10 },
    { atS: 1.5, told: 8 },
    { atS: 2.5, told: 23 },
  ];

  it('are shares of the true mean', () => {
    const scores = crowdScores(told, truth, 2);
    expect(scores.seconds).toBe(3);
    expect(scores.mean).toBeCloseTo(40 / 3);
    expect(scores.error).toBeCloseTo(5 / 3 / (40 / 3));
    expect(scores.bias).toBeCloseTo(1 / 3 / (40 / 3));
  });

  it('are held against the median of the second that was told of', () => {
    expect(crowdScores([{ atS: 1, told: 5 }], [1, 5, 90, 5], 3).error).toBe(0);
  });

  it.each([
    { says: 'nothing was told', records: [], people: [1, 2] },
    { says: 'there never was anybody', records: told, people: [0, 0, 0, 0, 0, 0] },
  ])('are not defined when $says', ({ records, people }) => {
    expect(() => crowdScores(records, people, 2)).toThrow(RangeError);
  });
});

describe('how many there truly are', () => {
  const someone = (id: string, x: number, occlusion: number, tall = 40) => ({
    id,
    box: [0, 0, 10, tall] as [number, number, number, number],
    seen: [0, 0, 10, tall] as [number, number, number, number],
    occlusion,
    floor: [x, 0] as [number, number],
    headingDeg: 0,
  });
  const truth = {
    fps: 1,
    objects: ['a', 'b', 'c', 'd'].map((id) => ({ id, kind: id === 'd' ? 'car' : 'pedestrian' })),
    frames: [0, 1].map((i) => ({
      objects: [someone('a', i * 1.2, 0), someone('b', 0, 0.5), someone('c', 0, 0.9), someone('d', i * 5, 0)],
      occupancy: { hall: { pedestrian: 2 + i } },
    })),
  } as unknown as Truth;

  it('counts people, not cars, and no one almost hidden', () => {
    expect(trueCrowd(truth).people).toEqual([2, 2]);
  });

  it('knows who walks once a second has passed', () => {
    expect(trueCrowd(truth).walking).toEqual([0, 1]);
  });

  it('takes the area from the floor', () => {
    expect(trueCrowd(truth, 'hall').area).toEqual([2, 3]);
    expect(trueCrowd(truth).area).toEqual([0, 0]);
  });
});
