import { describe, expect, it } from 'vitest';
import { Area } from '../../../../../../../workers/camera/vision/geometry/polygon.ts';
import type { CounterOptions } from '../../../../../../../workers/camera/cases/counting/vision/counter-options.ts';
import {
  ZoneCounter,
  type ZoneSpec,
} from '../../../../../../../workers/camera/cases/counting/vision/zones.ts';
import { normal, random } from '../../../vision/rng.ts';
import { frames, type Spot } from '../../../vision/tracks.ts';
import { PICTURE } from '../../../vision/world.ts';

/** 192..448 x 90..270 px. */
const square: ZoneSpec = {
  id: 'square',
  points: [
    [0.3, 0.25],
    [0.7, 0.25],
    [0.7, 0.75],
    [0.3, 0.75],
  ],
};
const walk = (t: number, from = 100, speed = 60): Spot => ({ x: from + speed * t, y: 180, vx: speed });

/** State after the last frame; entries still waiting are settled if `ended`. */
function watch(
  seen: ReturnType<typeof frames>,
  { ended = true, options = {} }: { ended?: boolean; options?: Partial<CounterOptions> } = {},
) {
  const counter = new ZoneCounter([square], { picture: PICTURE, ...options });
  for (const { timeS, objects } of seen) counter.update(objects, timeS);
  if (ended) counter.finish();
  const [{ present, entered }] = counter.state() as [ReturnType<typeof counter.state>[number]];
  return { present, entered };
}

describe('ZoneCounter', () => {
  it.each<{
    says: string;
    seen: ReturnType<typeof frames>;
    present: Record<string, number>;
    entered: Record<string, number>;
  }>([
    {
      says: 'who walks in is there and has entered',
      seen: frames(4, 10, (t) => [walk(t)]),
      present: { pedestrian: 1 },
      entered: { pedestrian: 1 },
    },
    {
      says: 'who walks through has entered and is gone',
      seen: frames(7, 10, (t) => [walk(t)]),
      present: {},
      entered: { pedestrian: 1 },
    },
    {
      says: 'who was inside in the first frame is there but has not entered',
      seen: frames(2, 10, (t) => [walk(t, 300, 10)]),
      present: { pedestrian: 1 },
      entered: {},
    },
    {
      says: 'who appears inside later has entered',
      seen: frames(3, 10, (t) => (t < 1 ? [] : [walk(t, 300, 10)])),
      present: { pedestrian: 1 },
      entered: { pedestrian: 1 },
    },
    {
      says: 'who walks past outside is neither',
      seen: frames(6, 10, (t) => [{ ...walk(t), y: 320 }]),
      present: {},
      entered: {},
    },
    {
      says: 'in, out for three seconds and in again is two entries',
      seen: frames(9, 10, (t) => [
        { y: 180, x: t < 3 ? 100 + 60 * t : t < 5 ? 280 - 80 * (t - 3) : t < 6 ? 120 : 120 + 60 * (t - 6) },
      ]),
      present: { pedestrian: 1 },
      entered: { pedestrian: 2 },
    },
    {
      says: 'an id that changes in every third frame enters once',
      seen: frames(5, 10, (t, n) => [{ ...walk(t), id: Math.floor(n / 3) }]),
      present: { pedestrian: 1 },
      entered: { pedestrian: 1 },
    },
    {
      says: 'lost inside and found inside under a new id enters once',
      seen: frames(5, 10, (t) => (t > 2.5 && t < 3.2 ? [] : [{ ...walk(t), id: t < 3 ? 1 : 2 }])),
      present: { pedestrian: 1 },
      entered: { pedestrian: 1 },
    },
    {
      says: 'who is lost but not given up is still there',
      seen: frames(3, 10, (t) => [{ ...walk(Math.min(t, 2.5)), lost: t > 2.5 }]),
      present: { pedestrian: 1 },
      entered: { pedestrian: 1 },
    },
    {
      says: 'what is never confirmed is not there',
      seen: frames(4, 10, (t) => [{ ...walk(t), confirmed: false }]),
      present: {},
      entered: {},
    },
    {
      says: 'what is not counted is not there',
      seen: frames(4, 10, (t) => [{ ...walk(t), label: 'dog' }]),
      present: {},
      entered: {},
    },
    {
      says: 'kinds are counted apart, by what they turn out to be',
      seen: frames(4, 10, (t) => [
        { ...walk(t), id: 1, label: t > 2.5 ? 'bicycle' : 'person' },
        { ...walk(t), id: 2, y: 220, label: 'car' },
      ]),
      present: { bicycle: 1, car: 1 },
      entered: { bicycle: 1, car: 1 },
    },
    {
      says: 'a rider and a bicycle that become one have entered once',
      seen: frames(5, 10, (t) =>
        t < 3
          ? [
              { ...walk(t), id: 1 },
              { ...walk(t), id: 2, y: 200, label: 'bicycle' },
            ]
          : [{ ...walk(t), id: 1, label: 'bicycle', members: [2] }],
      ),
      present: { bicycle: 1 },
      entered: { bicycle: 1 },
    },
  ])('$says', ({ seen, present, entered }) => {
    expect(watch(seen, { options: { settleS: 2 } })).toEqual({ present, entered });
  });

  it('who stands on the edge and trembles enters at most once', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      const { entered } = watch(
        frames(30, 10, () => [{ x: 192 + 2 * normal(next), y: 180 + 2 * normal(next) }]),
      );
      expect(entered.pedestrian ?? 0).toBeLessThanOrEqual(1);
    }
  });

  it('who leans out over the border of the picture has not left a zone that ends there', () => {
    const all: ZoneSpec = {
      id: 'all',
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    };
    const counter = new ZoneCounter([all], { picture: PICTURE });
    for (const { timeS, objects } of frames(8, 10, (t) => [{ x: 600 + 60 * Math.sin(t), y: 180 }])) {
      counter.update(objects, timeS);
      expect(counter.state()[0]!.present).toEqual({ pedestrian: 1 });
    }
  });

  it('a zone smaller than the object is entered all the same', () => {
    const counter = new ZoneCounter(
      [
        {
          id: 'mat',
          points: [
            [0.48, 0.48],
            [0.52, 0.48],
            [0.52, 0.52],
            [0.48, 0.52],
          ],
        },
      ],
      {
        picture: PICTURE,
      },
    );
    for (const { timeS, objects } of frames(6, 10, (t) => [{ ...walk(t), width: 120, height: 200 }])) {
      counter.update(objects, timeS);
    }
    expect(counter.state()[0]!.entered).toEqual({ pedestrian: 1 });
  });

  it('an entry is given once the class has settled', () => {
    // In at 1.53 s.
    const seen = (endS: number) => frames(endS, 10, (t) => [walk(t)]);
    expect(watch(seen(2.2), { ended: false }).entered).toEqual({});
    expect(watch(seen(2.9), { ended: false }).entered).toEqual({ pedestrian: 1 });
  });

  it('asks the foot if told to', () => {
    // The foot, at y + 40 = 290, is below the zone; the middle is inside.
    const seen = frames(4, 10, (t) => [{ ...walk(t), y: 250 }]);
    expect(watch(seen).present).toEqual({ pedestrian: 1 });
    expect(watch(seen, { options: { anchor: 'ground' } }).present).toEqual({});
  });

  it('keeps the counts of zones that stay, forgets those of zones that change', () => {
    const counter = new ZoneCounter([square, { ...square, id: 'other' }], { picture: PICTURE });
    for (const { timeS, objects } of frames(4, 10, (t) => [walk(t)])) counter.update(objects, timeS);
    const moved: ZoneSpec = { id: 'other', points: square.points.map(([x, y]) => [x + 0.01, y] as const) };
    counter.setZones([square, moved]);
    expect(counter.state().map((s) => s.entered)).toEqual([{ pedestrian: 1 }, {}]);
  });

  it('a zone drawn around a person is not entered by that person', () => {
    const counter = new ZoneCounter([], { picture: PICTURE });
    for (const { timeS, objects } of frames(6, 10, (t) => [walk(Math.min(t, 3))])) {
      if (timeS > 3.95 && timeS < 4.05) counter.setZones([square]);
      counter.update(objects, timeS);
    }
    expect(counter.state()).toEqual([{ zone: 'square', present: { pedestrian: 1 }, entered: {} }]);
  });

  it('starts anew on reset', () => {
    const counter = new ZoneCounter([square], { picture: PICTURE });
    const seen = frames(4, 10, (t) => [walk(t)]);
    for (const { timeS, objects } of seen) counter.update(objects, timeS);
    counter.reset();
    expect(counter.state()).toEqual([{ zone: 'square', present: {}, entered: {} }]);
    counter.update(seen[40]!.objects, 4.1);
    counter.finish();
    expect(counter.state()).toEqual([{ zone: 'square', present: { pedestrian: 1 }, entered: {} }]);
  });

  it.each<{ zones: ZoneSpec[]; options: Partial<CounterOptions>; message: string }>([
    {
      zones: [
        {
          id: 'flat',
          points: [
            [0, 0],
            [0.5, 0.5],
            [1, 1],
          ],
        },
      ],
      options: {},
      message: 'Zone "flat" has no area.',
    },
    {
      zones: [
        {
          id: 'two',
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
      options: {},
      message: 'Zone "two" has no area.',
    },
    {
      zones: [],
      options: { settleS: -1 },
      message: 'settleS must be a finite number from 0 up, got -1.',
    },
  ])('$message', ({ zones, options, message }) => {
    expect(() => new ZoneCounter(zones, { picture: PICTURE, ...options })).toThrow(message);
  });
});

describe('Area', () => {
  /** A concave arrow head. */
  const arrow = new Area('arrow', [
    [0, 0],
    [10, 5],
    [0, 10],
    [4, 5],
  ]);

  it.each<{ says: string; p: [number, number]; inside: boolean; edge: number }>([
    { says: 'inside', p: [6, 5], inside: true, edge: 4 / Math.sqrt(5) },
    { says: 'in the notch', p: [1, 5], inside: false, edge: 15 / Math.sqrt(41) },
    { says: 'outside', p: [0, 13], inside: false, edge: 3 },
    { says: 'on a corner', p: [10, 5], inside: false, edge: 0 },
  ])('$says', ({ p, inside, edge }) => {
    if (edge > 0) expect(arrow.contains(p)).toBe(inside);
    expect(arrow.distanceToEdge(p)).toBeCloseTo(edge, 9);
  });

  it('has the same area either way round', () => {
    expect(arrow.area).toBe(30);
    expect(new Area('back', [...arrow.corners].reverse()).area).toBe(30);
  });
});
