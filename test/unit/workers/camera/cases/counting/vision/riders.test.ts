import { describe, expect, it } from 'vitest';
import { LineCounter } from '../../../../../../../workers/camera/cases/counting/vision/lines.ts';
import { RiderMerger } from '../../../../../../../workers/camera/cases/counting/vision/riders.ts';
import type { TrackedObject } from '../../../../../../../workers/camera/vision/tracking/track.ts';
import { Tracker } from '../../../../../../../workers/camera/vision/tracking/tracker.ts';
import { frames, type Spot } from '../../../vision/tracks.ts';
import { film, PICTURE, type Actor } from '../../../vision/world.ts';

/** A rider on a bicycle whose middle is at (x, 200): the person over it, feet at the pedals. */
const rider = (id: number, x: number, extra: Partial<Spot> = {}): Spot => ({
  id,
  x,
  y: 170,
  width: 30,
  height: 80,
  ...extra,
});
const bicycle = (id: number, x: number, extra: Partial<Spot> = {}): Spot => ({
  id,
  x,
  y: 205,
  width: 70,
  height: 50,
  label: 'bicycle',
  ...extra,
});
/** A person on foot: feet on the ground, where the wheels are. */
const onFoot = (id: number, x: number): Spot => ({ id, x, y: 180, width: 30, height: 100 });

/** After each frame, what there is: id, label and members. */
function merge(seen: ReturnType<typeof frames>): string[][] {
  const merger = new RiderMerger();
  return seen.map(({ objects }) =>
    merger.update(objects).map((o) => `${o.label} ${o.id}${o.members ? ` with ${o.members.join(',')}` : ''}`),
  );
}
const atEnd = (seen: ReturnType<typeof frames>) => merge(seen).pop();

describe('rider and bicycle', () => {
  it.each<{ says: string; seen: ReturnType<typeof frames>; objects: string[] }>([
    {
      says: 'that travel together are one bicycle, under the older id',
      seen: frames(2, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t)]),
      objects: ['bicycle 1 with 2'],
    },
    {
      says: 'that have not moved are two',
      seen: frames(10, 10, () => [rider(1, 100), bicycle(2, 100)]),
      objects: ['person 1', 'bicycle 2'],
    },
    {
      says: 'a motorcycle too',
      seen: frames(2, 10, (t) => [
        rider(1, 100 + 100 * t),
        bicycle(2, 100 + 100 * t, { label: 'motorcycle' }),
      ]),
      objects: ['motorcycle 1 with 2'],
    },
    {
      says: 'someone who walks past a parked bicycle is not swallowed',
      seen: frames(5, 10, (t) => [onFoot(1, 100 + 40 * t), bicycle(2, 200)]),
      objects: ['person 1', 'bicycle 2'],
    },
    {
      says: 'nor is someone on whose legs a bicycle is seen that shows nowhere beyond him',
      seen: frames(3, 10, (t) => [
        onFoot(1, 100 + 60 * t),
        bicycle(2, 100 + 60 * t, { width: 30, height: 60, y: 200 }),
      ]),
      objects: ['person 1', 'bicycle 2'],
    },
    {
      says: 'nor is someone whom a bicycle overtakes',
      seen: frames(3, 10, (t) => [onFoot(1, 150 + 30 * t), rider(2, 50 + 120 * t), bicycle(3, 50 + 120 * t)]),
      objects: ['bicycle 2 with 3', 'person 1'],
    },
    {
      says: 'nor is the driver who walks beside a car',
      seen: frames(3, 10, (t) => [
        onFoot(1, 100 + 40 * t),
        { id: 2, x: 100 + 40 * t, y: 200, width: 140, height: 70, label: 'car' },
      ]),
      objects: ['person 1', 'car 2'],
    },
    {
      says: 'someone who walks well behind the bicycle at its speed is another',
      seen: frames(3, 10, (t) => [rider(1, 150 + 60 * t), bicycle(2, 150 + 60 * t), onFoot(3, 85 + 60 * t)]),
      objects: ['bicycle 1 with 2', 'person 3'],
    },
    {
      says: 'the bicycle missed for half a second: still a bicycle',
      seen: frames(3, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t, { lost: t > 2.4 })]),
      objects: ['bicycle 1 with 2'],
    },
    {
      says: 'the bicycle given up while the rider goes on: still a bicycle',
      seen: frames(6, 10, (t) => [rider(1, 100 + 80 * t), ...(t < 3 ? [bicycle(2, 100 + 80 * t)] : [])]),
      objects: ['bicycle 1 with 2'],
    },
    {
      says: 'and found again as a new track: the same object',
      seen: frames(6, 10, (t) => [
        rider(1, 100 + 80 * t),
        ...(t < 3 ? [bicycle(2, 100 + 80 * t)] : t > 4 ? [bicycle(3, 100 + 80 * t)] : []),
      ]),
      objects: ['bicycle 1 with 2,3'],
    },
    {
      says: 'the rider lost and found as a new track: the same object',
      seen: frames(6, 10, (t) => [
        ...(t < 3 ? [rider(1, 100 + 80 * t)] : t > 3.5 ? [rider(3, 100 + 80 * t)] : []),
        bicycle(2, 100 + 80 * t),
      ]),
      objects: ['bicycle 1 with 2,3'],
    },
    {
      says: 'a child in the back seat belongs to the whole',
      seen: frames(3, 10, (t) => [
        rider(1, 100 + 80 * t),
        bicycle(2, 100 + 80 * t),
        { id: 3, x: 80 + 80 * t, y: 175, width: 20, height: 40 },
      ]),
      objects: ['bicycle 1 with 2,3'],
    },
    {
      says: 'the rider gets off and walks away: two again',
      seen: frames(8, 10, (t) => [
        rider(1, t < 3 ? 100 + 80 * t : t < 4 ? 340 : 340 + 50 * (t - 4)),
        bicycle(2, t < 3 ? 100 + 80 * t : 340),
      ]),
      objects: ['person 1', 'bicycle 2'],
    },
    {
      says: 'a bicycle that is not believed yet makes no rider',
      seen: frames(2, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t, { confirmed: false })]),
      objects: ['person 1', 'bicycle 2'],
    },
    {
      says: 'two riders side by side are two bicycles',
      seen: frames(3, 10, (t) => [
        rider(1, 100 + 80 * t),
        bicycle(2, 100 + 80 * t),
        rider(3, 190 + 80 * t),
        bicycle(4, 190 + 80 * t),
      ]),
      objects: ['bicycle 1 with 2', 'bicycle 3 with 4'],
    },
  ])('$says', ({ seen, objects }) => {
    expect(atEnd(seen)).toEqual(objects);
  });

  it('never shows an id twice, and every track once', () => {
    const seen = frames(8, 10, (t, n) => [
      rider(1, t < 3 ? 100 + 80 * t : t < 4 ? 340 : 340 + 50 * (t - 4)),
      bicycle(2, t < 3 ? 100 + 80 * t : 340, { lost: n % 7 === 0 }),
      rider(3, 500 - 60 * t, { lost: n % 5 === 0 }),
      bicycle(4, 500 - 60 * t),
      onFoot(5, 50 + 60 * t),
    ]);
    const merger = new RiderMerger();
    for (const { objects } of seen) {
      const made = merger.update(objects);
      const ids = made.flatMap((o) => [o.id, ...(o.members ?? [])]);
      expect([...ids].sort()).toEqual([1, 2, 3, 4, 5]);
    }
  });
});

describe('the whole', () => {
  const run = (seen: ReturnType<typeof frames>): TrackedObject[] => {
    const merger = new RiderMerger();
    let made: TrackedObject[] = [];
    for (const { objects } of seen) made = merger.update(objects);
    return made;
  };

  it('is around both, and seen as long as one is', () => {
    const [whole] = run(
      frames(2, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t, { lost: t > 1.95 })]),
    );
    expect(whole).toMatchObject({ lost: false, confirmed: true, lastSeenS: 2 });
    const [lost] = run(
      frames(2, 10, (t) => [
        rider(1, 100 + 100 * t, { lost: t > 1.5 }),
        bicycle(2, 100 + 100 * t, { lost: t > 1.5 }),
      ]),
    );
    expect(lost!.lost).toBe(true);
  });

  it('keeps its extent when only the rider is seen', () => {
    const both = run(frames(2, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t)]))[0]!;
    const alone = run(
      frames(2, 10, (t) => [rider(1, 100 + 100 * t), bicycle(2, 100 + 100 * t, { lost: t > 1.95 })]),
    )[0]!;
    expect(both.box).toEqual([265, 130, 335, 230]);
    both.box.forEach((edge, k) => expect(alone.box[k]).toBeCloseTo(edge, 6));
  });

  it('is called by what its vehicle is called most of its life', () => {
    const seen = frames(3, 10, (t) => [
      rider(1, 100 + 80 * t),
      ...(t < 2
        ? [bicycle(2, 100 + 80 * t, { hits: 20 })]
        : [bicycle(3, 100 + 80 * t, { label: 'motorcycle', hits: 4 })]),
    ]);
    expect(run(seen)[0]!.label).toBe('bicycle');
  });
});

describe('with tracker and lines', () => {
  /** A rider and bicycle, a walker past a parked bicycle, all over the same line. */
  const ride = (y: number, from: number, to: number, endS: number): Actor[] => [
    {
      width: 30,
      height: 80,
      way: [
        [0, from, y - 35],
        [endS, to, y - 35],
      ],
      score: 0.6,
    },
    {
      label: 'bicycle',
      width: 70,
      height: 50,
      way: [
        [0, from, y],
        [endS, to, y],
      ],
      score: 0.45,
    },
  ];
  const actors: Actor[] = [
    ...ride(100, -40, 690, 5),
    {
      width: 32,
      height: 100,
      way: [
        [0, 100, 270],
        [8, 560, 270],
      ],
    },
    {
      label: 'bicycle',
      width: 70,
      height: 50,
      way: [
        [0, 330, 295],
        [8, 330, 295],
      ],
    },
  ];

  it.each([
    { says: '8 frames a second', detector: { fps: 8, jitter: 0.03 } },
    { says: '12, a fifth missed', detector: { fps: 12, jitter: 0.03, missed: 0.2 } },
  ])('one bicycle and one pedestrian at $says', ({ detector }) => {
    for (let seed = 1; seed <= 10; seed++) {
      const tracker = new Tracker({ picture: PICTURE });
      const merger = new RiderMerger();
      const counter = new LineCounter([{ id: 'l', a: [0.45, 0], b: [0.45, 1] }], { picture: PICTURE });
      const crossings = film(actors, { ...detector, seed }).flatMap(({ timeS, found }) =>
        counter.update(merger.update(tracker.update(found, timeS)), timeS),
      );
      expect([...crossings, ...counter.finish()].map((c) => c.kind).sort()).toEqual([
        'bicycle',
        'pedestrian',
      ]);
    }
  });
});
