import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { OutRecord as Schema, TrajectoriesConfig, type OutRecord } from '../../../../../../contract/index.ts';
import { TrajectoriesPipeline } from '../../../../../../workers/camera/cases/trajectories/pipeline.ts';
import type { Seen } from '../../../../../../workers/camera/cases/pipeline.ts';
import type { Vec } from '../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { random } from '../../vision/rng.ts';

/**
 * A camera straight above a hall of 24 x 13.5 m, 40 pixels a metre: what the camera makes of places is then no matter of
 * perspective (`vision/floor.test.ts` has that), and people never hide one another.
 */
const [WIDTH, HEIGHT, PX, FPS] = [960, 540, 40, 5];
const share = (x: number, y: number): [number, number] => [(x * PX) / WIDTH, 1 - (y * PX) / HEIGHT];
const rectangle = (x: number, y: number, w: number, h: number): [number, number][] => [
  share(x, y),
  share(x + w, y),
  share(x + w, y + h),
  share(x, y + h),
];
const zone = (id: string, role: 'entrance' | 'shelf' | 'till', x: number, y: number, w = 4, h = 4) => ({
  id,
  role,
  points: rectangle(x, y, w, h),
});
const ZONES = [zone('door', 'entrance', 0, 4), zone('shelf', 'shelf', 10, 4), zone('till', 'till', 19, 4)];

const configOf = (more: Partial<v.InferInput<typeof TrajectoriesConfig>> = {}) =>
  v.parse(TrajectoriesConfig, {
    case: 'trajectories',
    k: 3,
    zones: ZONES,
    calibration: { points: rectangle(2, 2, 10, 8), widthM: 10, depthM: 8 },
    ...more,
  });

/** Position of a person; undefined: absent. */
type Walker = (timeS: number) => Vec | undefined;

/** Stops on a path at 1 m/s: position and length of the stay. */
type Stop = readonly [x: number, y: number, stayS: number];

function visitor(startS: number, stops: readonly Stop[]): Walker {
  return (timeS) => {
    let left = timeS - startS;
    if (left < 0) return undefined;
    for (const [i, [x, y, stayS]] of stops.entries()) {
      if (left <= stayS) return [x, y];
      left -= stayS;
      const next = stops[i + 1];
      if (!next) return undefined;
      const length = Math.hypot(next[0] - x, next[1] - y);
      if (left <= length) return [x + ((next[0] - x) * left) / length, y + ((next[1] - y) * left) / length];
      left -= length;
    }
    return undefined;
  };
}

/** In by the door, to the shelf, to the till and out; `y` keeps people apart. */
const shopper = (startS: number, y = 6, lookS = 6) =>
  visitor(startS, [
    [0.5, y, 1],
    [12, y, lookS],
    [21, y, 5],
    [21, 0.6, 0],
  ]);

const detection = ([x, y]: Vec): Detection => ({
  label: 'person',
  score: 0.8,
  box: [x * PX - 10, HEIGHT - y * PX - 60, x * PX + 10, HEIGHT - y * PX],
});

interface Watching {
  config?: ReturnType<typeof configOf>;
  draw?: () => number;
  seconds?: number;
}

function watch(walkers: readonly Walker[], { config = configOf(), draw, seconds = 60 }: Watching = {}) {
  const pipeline = new TrajectoriesPipeline(config, { ...(draw && { draw }) });
  const records: OutRecord[] = [];
  for (let index = 0; index <= seconds * FPS; index++) {
    const timeS = index / FPS;
    const objects = walkers.flatMap((walker) => {
      const at = walker(timeS);
      return at ? [detection(at)] : [];
    });
    const seen: Seen = { index, timeS, width: WIDTH, height: HEIGHT, objects, faces: [] };
    pipeline.track(seen);
    records.push(...pipeline.extract(seen));
  }
  records.push(...pipeline.finish());
  for (const record of records) v.parse(Schema, record);
  return records;
}

const of = <T extends OutRecord['type']>(records: readonly OutRecord[], type: T) =>
  records.filter((record): record is Extract<OutRecord, { type: T }> => record.type === type);

/** What is told of people; the plan of the floor is not. */
const ofPeople = (records: readonly OutRecord[]) => records.filter(({ type }) => type !== 'plan');

/** A person who wanders from place to place within a part of the hall. */
function wanderer(next: () => number, [x0, y0, x1, y1]: readonly number[], seconds: number): Walker {
  const place = (): Stop => [
    x0! + (x1! - x0!) * next(),
    y0! + (y1! - y0!) * next(),
    next() < 0.4 ? 6 * next() : 0,
  ];
  return visitor(1 + (seconds / 2) * next(), Array.from({ length: 3 + Math.floor(6 * next()) }, place));
}

describe('flow lines in a shop', () => {
  it('tells visits, dwell times, trips and lines of three people who do the same', () => {
    const records = watch([0, 1, 2].map((i) => shopper(1 + 2 * i, 5.6 + 0.4 * i)));
    const dwell = Object.fromEntries(of(records, 'dwell').map((record) => [record.zone, record]));
    expect(dwell).toMatchObject({
      door: { people: 3, visits: 3 },
      shelf: { people: 3, visits: 3 },
      till: { people: 3, visits: 3 },
    });
    // 2 m in, 6 s there, 2 m out.
    expect(dwell['shelf']!.meanS).toBeCloseTo(10, 0);
    expect(of(records, 'od')).toMatchObject([
      { from: 'door', to: 'shelf', people: 3, trips: 3 },
      { from: 'shelf', to: 'till', people: 3, trips: 3 },
    ]);
    const [first] = of(records, 'flow');
    expect(first).toMatchObject({ from: 'door', to: 'shelf', people: 3 });
    // The mean of three lanes is the middle one, in the calibration's metres (origin at 2, 2).
    for (const [, y] of first!.points) expect(y).toBeCloseTo(4, 0);
    expect(of(records, 'heat').length).toBeGreaterThan(0);
  });

  it.each([
    { says: 'two people', walkers: [shopper(1, 5), shopper(3, 7)] },
    {
      says: 'one person who comes in again and again',
      walkers: [0, 15, 30].map((s) => shopper(1 + 35 * s, 6)),
    },
  ])('tells nothing of $says as long as k is 3', ({ walkers }) => {
    const told = ofPeople(watch(walkers.slice(0, 2), { seconds: 90 }));
    expect(told).toEqual(ofPeople(watch([], { seconds: 90 })));
  });

  it('does not call it a visit to walk past a shelf, nor to stand at its border', () => {
    const past = [0, 1, 2].map((i) =>
      visitor(1 + i, [
        [9.2 - i, 0.5, 0],
        [9.2 - i, 13, 0],
      ]),
    );
    const border = [0, 1, 2].map((i) => (timeS: number): Vec => [
      9.95 + 0.1 * Math.sin(3 * timeS + i),
      4.5 + 1.2 * i,
    ]);
    const config = configOf({ k: 1 });
    expect(of(watch(past, { config }), 'dwell')).toEqual([]);
    expect(of(watch(border, { config }), 'dwell').length).toBeLessThanOrEqual(3);
  });

  it('tells how many are in a zone only in multiples of k', () => {
    const standing = [0, 1, 2, 3].map((i) => visitor(1 + i, [[11 + 0.7 * i, 6, 60]]));
    const told = of(watch(standing, { config: configOf({ k: 2 }), seconds: 20 }), 'presence');
    const counts = told.map(({ zones }) => zones.find(({ zone: id }) => id === 'shelf')!.atLeast);
    expect(counts).toEqual([0, 4, 0]);
  });

  it('tells how many more a zone waits for where that is wished, and nothing of it otherwise', () => {
    const visitors = [0, 1].map((i) => shopper(1 + 15 * i, 5 + i));
    const wished = of(watch(visitors, { config: configOf({ tellHeld: true }), seconds: 60 }), 'held');
    const shelf = wished.flatMap(({ zones }) => zones.filter(({ zone: id }) => id === 'shelf'));
    expect(new Set(shelf.map(({ more }) => more))).toEqual(new Set([2, 1]));
    expect(shelf.at(-1)!.more).toBe(1);
    expect(wished.at(-1)!.cell).toBe(1);
    expect(of(watch(visitors, { seconds: 60 }), 'held')).toEqual([]);
    const three = [...visitors, shopper(5, 7)];
    const told = of(watch(three, { config: configOf({ tellHeld: true }), seconds: 60 }), 'held');
    expect(told.at(-1)!.zones.map(({ zone: id }) => id)).not.toContain('shelf');
  });

  it('gives records the time of their release, not of what happened', () => {
    const records = watch(
      [0, 1, 2, 3].map((i) => shopper(1.3 + 2 * i, 4.5 + i)),
      {
        config: configOf({ everyS: 7 }),
        seconds: 70,
      },
    );
    for (const record of ofPeople(records)) expect((record as { atS: number }).atS % 7).toBe(0);
  });

  it('works without a calibration: visits and trips, but nothing in metres', () => {
    const { calibration: _, ...config } = configOf();
    const records = watch(
      [0, 1, 2].map((i) => shopper(1 + 2 * i, 5 + i)),
      { config },
    );
    expect(new Set(records.map(({ type }) => type))).toEqual(new Set(['dwell', 'od', 'presence']));
  });

  it('tells the plan of the floor once, and again for another drawing', () => {
    const [plan] = of(watch([]), 'plan');
    expect(plan!.zones.find(({ zone: id }) => id === 'shelf')!.points).toEqual([
      [8, 2],
      [12, 2],
      [12, 6],
      [8, 6],
    ]);
    expect(of(watch([]), 'plan')).toHaveLength(1);
  });

  it('forgets what was gathered when k is lowered or the drawing changed, but not when k is raised', () => {
    const during = (change: Parameters<typeof configOf>[0]) => {
      const pipeline = new TrajectoriesPipeline(configOf({ k: 4 }));
      const walkers = [0, 1, 2].map((i) => shopper(1, 4.5 + i));
      const records: OutRecord[] = [];
      for (let index = 0; index <= 60 * FPS; index++) {
        const timeS = index / FPS;
        if (timeS === 50) pipeline.configure(configOf(change));
        const objects = walkers.flatMap((walker) => (walker(timeS) ? [detection(walker(timeS)!)] : []));
        const seen = { index, timeS, width: WIDTH, height: HEIGHT, objects, faces: [] };
        pipeline.track(seen);
        records.push(...pipeline.extract(seen));
      }
      return of([...records, ...pipeline.finish()], 'dwell').length;
    };
    expect(during({ k: 1 })).toBe(0);
    expect(during({ k: 4, zones: ZONES.slice(0, 2) })).toBe(0);
    expect(during({ k: 5 })).toBe(0);
  });

  it.each([
    {
      says: 'a zone without area',
      change: { zones: [{ ...ZONES[0]!, points: rectangle(1, 1, 0, 3) }] },
      code: 'zone-too-small',
    },
    {
      says: 'four points on a line',
      change: {
        calibration: {
          points: [0.1, 0.2, 0.3, 0.4].map((x) => [x, 0.5]) as [
            [number, number],
            [number, number],
            [number, number],
            [number, number],
          ],
          widthM: 1,
          depthM: 1,
        },
      },
      code: 'calibration-degenerate',
    },
  ])('refuses $says', ({ change, code }) => {
    expect(() => new TrajectoriesPipeline(configOf(change))).toThrow(expect.objectContaining({ code }));
  });
});

describe('the records cannot follow a person', () => {
  /** Zones and people of a random world. */
  function world(seed: number, people: number, seconds = 80) {
    const next = random(seed);
    const zones = Array.from({ length: 2 + Math.floor(4 * next()) }, (_, i) =>
      zone(
        `z${i}`,
        (['entrance', 'shelf', 'till'] as const)[Math.floor(3 * next())]!,
        18 * next(),
        8 * next(),
        2 + 3 * next(),
        2 + 3 * next(),
      ),
    );
    // Lanes of their own keep people from being mistaken for one another: that is the tracker's matter.
    const lane = 13 / Math.max(1, people);
    const walkers = Array.from({ length: people }, (_, i) =>
      wanderer(next, [0.5, 0.3 + lane * i, 23.5, 0.3 + lane * (i + 0.6)], seconds),
    );
    return { zones, walkers, everyS: 1 + Math.floor(6 * next()), seconds };
  }
  const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);

  it.each(SEEDS)('a world of fewer than k people says the same as an empty one (seed %i)', (seed) => {
    const k = 2 + (seed % 5);
    const { zones, walkers, everyS, seconds } = world(seed, k - 1);
    const config = configOf({ zones, k, everyS });
    expect(watch(walkers, { config, seconds })).toEqual(watch([], { config, seconds }));
  });

  it.each(SEEDS)('every number is of k people at least, and of no more than there were (seed %i)', (seed) => {
    const k = 1 + (seed % 4);
    const people = k + 3;
    const { zones, walkers, everyS, seconds } = world(100 + seed, people);
    const records = watch(walkers, { config: configOf({ zones, k, everyS }), seconds });
    for (const record of records) {
      if (record.type === 'heat') for (const [, , n] of record.cells) expect(n).toBeGreaterThanOrEqual(k);
      if (record.type === 'flow' || record.type === 'dwell' || record.type === 'od') {
        expect(record.people).toBeGreaterThanOrEqual(k);
        expect(record.people).toBeLessThanOrEqual(people);
      }
      if (record.type === 'presence') for (const { atLeast } of record.zones) expect(atLeast % k).toBe(0);
    }
  });

  it.each(SEEDS)('a person alone changes nothing (seed %i)', (seed) => {
    const next = random(300 + seed);
    const crowd = [0, 1, 2, 3].map((i) => shopper(1 + 3 * i, 4.4 + i, 4 + 4 * next()));
    const loner = wanderer(next, [0.5, 10.5, 23.5, 13], 60);
    expect(watch([...crowd, loner])).toEqual(watch(crowd));
  });

  it.each([
    { says: 'rotate once a minute', seconds: 150 },
    { says: 'are drawn otherwise', seconds: 60 },
  ])('no key leaves, and it changes nothing that keys $says', ({ seconds }) => {
    const keys: number[] = [];
    const walkers = Array.from({ length: 8 }, (_, i) => shopper(1 + 9 * i, 4.5 + (i % 3), 5 + i));
    const drawing = (seed: number) => {
      const next = random(seed);
      return () => {
        keys.push(1e9 + Math.floor(next() * 1e9));
        return keys.at(-1)!;
      };
    };
    const told = watch(walkers, { draw: drawing(1), seconds });
    expect(told).toEqual(watch(walkers, { draw: drawing(2), seconds }));
    expect(ofPeople(told).length).toBeGreaterThan(3);
    const text = JSON.stringify(told);
    for (const key of keys) expect(text).not.toContain(String(key));
    expect(keys.length).toBeGreaterThan(walkers.length);
  });

  it('no record has room for an id, a single time or a single way', () => {
    const told = watch([0, 1, 2, 3, 4].map((i) => shopper(1 + 2 * i, 5.2 + 0.4 * i)));
    const fields = new Set(ofPeople(told).flatMap((record) => Object.keys(record)));
    expect([...fields].sort()).toEqual([
      'atS',
      'case',
      'cells',
      'from',
      'k',
      'meanS',
      'people',
      'points',
      'route',
      'to',
      'trips',
      'type',
      'visits',
      'zone',
      'zones',
    ]);
    const [dwell] = of(told, 'dwell');
    for (const extra of [{ id: 3 }, { track: 3 }, { person: 'a' }]) {
      expect(v.is(Schema, { ...dwell, ...extra })).toBe(false);
    }
  });
});
