import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../../workers/camera/vision/geometry/boxes.ts';
import {
  distance,
  MAX_ROUTES,
  resample,
  ROUTE_POINTS,
  Routes,
} from '../../../../../../../workers/camera/cases/trajectories/vision/routes.ts';
import { random } from '../../../vision/rng.ts';

const straight = (y: number) =>
  resample([
    [0, y],
    [10, y],
  ])!;

describe('resampling', () => {
  it('keeps the ends and puts points at equal distances', () => {
    const line = resample([
      [0, 0],
      [1, 0],
      [1, 3],
    ])!;
    expect(line).toHaveLength(ROUTE_POINTS);
    expect([line[0], line.at(-1)]).toEqual([
      [0, 0],
      [1, 3],
    ]);
    const steps = line.slice(1).map((p, i) => Math.abs(p[0] - line[i]![0]) + Math.abs(p[1] - line[i]![1]));
    for (const step of steps) expect(step).toBeCloseTo(4 / (ROUTE_POINTS - 1), 6);
  });

  it.each<{ says: string; points: Vec[] }>([
    { says: 'nothing', points: [] },
    { says: 'one point', points: [[1, 1]] },
    {
      says: 'a person who has not moved',
      points: [
        [1, 1],
        [1, 1],
      ],
    },
  ])('has no line for $says', ({ points }) => {
    expect(resample(points)).toBeUndefined();
  });

  it('measures the distance of lines side by side', () => {
    expect(distance(straight(0), straight(2))).toBeCloseTo(2, 9);
  });
});

describe('routes', () => {
  it('tells the left of a shelf from the right, and forgives that people do not walk on rails', () => {
    const routes = new Routes();
    const next = random(5);
    const left = Array.from({ length: 20 }, (_, i) =>
      routes.assign('a b', straight(2 + 0.6 * (next() - 0.5)), i),
    );
    const right = Array.from({ length: 20 }, (_, i) =>
      routes.assign('a b', straight(-2 + 0.6 * (next() - 0.5)), i),
    );
    expect(new Set(left)).toEqual(new Set([0]));
    expect(new Set(right)).toEqual(new Set([1]));
  });

  it('keeps pairs of zones apart', () => {
    const routes = new Routes();
    expect([routes.assign('a b', straight(0), 0), routes.assign('b a', straight(9), 0)]).toEqual([0, 0]);
  });

  it('has never more than a few, whatever comes', () => {
    const routes = new Routes();
    const numbers = Array.from({ length: 40 }, (_, i) => routes.assign('a b', straight(3 * i), i));
    expect(Math.max(...numbers)).toBe(MAX_ROUTES - 1);
  });

  it('forgets an unused route, and gives its number to the next', () => {
    const routes = new Routes();
    routes.assign('a b', straight(0), 0);
    routes.assign('a b', straight(9), 50);
    routes.forgetBefore(40);
    expect(routes.assign('a b', straight(-9), 60)).toBe(0);
    expect(routes.assign('a b', straight(9), 60)).toBe(1);
  });
});
