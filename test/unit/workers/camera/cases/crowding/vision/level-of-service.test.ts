import { describe, expect, it } from 'vitest';
import {
  densityAt,
  floorArea,
  levelOfService,
  TrendForecast,
} from '../../../../../../../workers/camera/cases/crowding/vision/level-of-service.ts';
import { Ground } from '../../../../../../../workers/camera/vision/geometry/ground.ts';
import { mannKendall, theilSen } from '../../../../../../../workers/camera/vision/geometry/theil-sen.ts';

describe('levels of service', () => {
  // Square metres a person, from Fruin's table in metric: 3.25, 2.32, 1.39, .93, .46 walking; 1.21, .93, .65, .28, .19 waiting.
  it.each([
    { facility: 'walkway', m2: 3.3, level: 'a' },
    { facility: 'walkway', m2: 3.2, level: 'b' },
    { facility: 'walkway', m2: 2.3, level: 'c' },
    { facility: 'walkway', m2: 1.35, level: 'd' },
    { facility: 'walkway', m2: 0.9, level: 'e' },
    { facility: 'walkway', m2: 0.45, level: 'f' },
    { facility: 'queue', m2: 1.25, level: 'a' },
    { facility: 'queue', m2: 1, level: 'b' },
    { facility: 'queue', m2: 0.7, level: 'c' },
    { facility: 'queue', m2: 0.5, level: 'd' },
    { facility: 'queue', m2: 0.25, level: 'e' },
    { facility: 'queue', m2: 0.15, level: 'f' },
  ] as const)('$m2 square metres on a $facility are level $level', ({ facility, m2, level }) => {
    expect(levelOfService(1 / m2, facility)).toBe(level);
  });

  it('nobody there is the best level', () => expect(levelOfService(0, 'queue')).toBe('a'));

  it.each(['walkway', 'queue'] as const)('a level begins where it is said to: %s', (facility) => {
    expect(densityAt('a', facility)).toBe(0);
    for (const level of ['b', 'c', 'd', 'e', 'f'] as const) {
      const density = densityAt(level, facility);
      expect(levelOfService(density * 1.001, facility)).toBe(level);
      expect(levelOfService(density * 0.999, facility)).not.toBe(level);
    }
  });
});

describe('the area of the floor', () => {
  const picture = { width: 100, height: 100 };
  /** Straight from above: 10 pixels are a metre. */
  const above = Ground.fromRectangle(
    [
      [0, 100],
      [100, 100],
      [100, 0],
      [0, 0],
    ],
    10,
    10,
    picture,
  )!;

  it('is measured in metres, however the corners go round', () => {
    const corners = [
      [10, 10],
      [50, 10],
      [50, 30],
      [10, 30],
    ] as const;
    expect(floorArea(above, corners)).toBeCloseTo(8);
    expect(floorArea(above, corners.toReversed())).toBeCloseTo(8);
  });

  it('is not known beyond the horizon', () => {
    const slanted = Ground.fromRectangle(
      [
        [20, 90],
        [80, 90],
        [60, 50],
        [40, 50],
      ],
      4,
      8,
      picture,
    )!;
    expect(
      floorArea(slanted, [
        [40, 60],
        [60, 60],
        [50, 1],
      ]),
    ).toBeUndefined();
  });
});

describe('the outlook', () => {
  const after = (people: readonly number[]) => {
    const outlook = new TrendForecast();
    people.forEach((n, s) => outlook.add(n, s));
    return outlook;
  };
  const ramp = (from: number, step: number) =>
    Array.from({ length: 30 }, (_, i) => Math.round(from + i * step));

  it.each([
    { says: 'too little is known at first', people: [3, 4, 5], trend: undefined },
    { says: 'more and more people are a rise', people: ramp(10, 0.5), trend: 'up' },
    { says: 'fewer and fewer are a fall', people: ramp(30, -0.5), trend: 'down' },
    { says: 'one who comes late is none', people: [...ramp(10, 0).slice(1), 11], trend: 'steady' },
    { says: 'up and down is none', people: ramp(10, 0).map((n, i) => n + (i % 2) * 3), trend: 'steady' },
    {
      says: 'a rise is seen through frames in which nobody was found',
      people: ramp(10, 0.6).map((n, i) => (i % 7 === 3 ? 0 : n)),
      trend: 'up',
    },
  ])('$says', ({ people, trend }) => expect(after(people).trend).toBe(trend));

  it.each([
    { says: 'far from the limit', people: ramp(10, 0), limit: 50, is: 'none' },
    { says: 'above it all the time', people: ramp(60, 0), limit: 50, is: 'likely' },
    { says: 'above it only now', people: [...ramp(40, 0).slice(1), 55], limit: 50, is: 'near' },
    { says: 'rising towards it', people: ramp(10, 0.8), limit: 60, is: 'near' },
    { says: 'rising, but too slowly', people: ramp(10, 0.2), limit: 60, is: 'none' },
    { says: 'falling from it', people: ramp(60, -0.6), limit: 55, is: 'none' },
  ])('restriction when $says: $is', ({ people, limit, is }) =>
    expect(after(people).restriction(limit)).toBe(is),
  );

  it('knows nothing of nobody, and forgets when time runs backwards', () => {
    expect(new TrendForecast().restriction(5)).toBe('none');
    const outlook = after(ramp(10, 0.5));
    outlook.add(12, 0);
    expect(outlook.trend).toBeUndefined();
  });
});

describe('robust lines', () => {
  it('pass over a quarter of wild points', () => {
    const xs = Array.from({ length: 20 }, (_, i) => i);
    const ys = xs.map((x) => (x % 5 === 1 ? 500 : 2 * x + 1));
    const line = theilSen(xs, ys)!;
    expect(line.slope).toBeCloseTo(2);
    expect(line.intercept).toBeCloseTo(1);
  });

  it('need two different places', () => expect(theilSen([1, 1], [2, 3])).toBeUndefined());

  // Worked by hand: 1 2 3 4 5 has S = 10 and variance 16.67: (10 - 1) / 4.082.
  it('tell a rise from chance', () => {
    expect(mannKendall([1, 2, 3, 4, 5])).toBeCloseTo(2.205, 3);
    expect(mannKendall([5, 4, 3, 2, 1])).toBeCloseTo(-2.205, 3);
    expect(mannKendall([2, 2, 2])).toBe(0);
  });
});
