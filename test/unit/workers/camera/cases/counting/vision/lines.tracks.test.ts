/** Crossings of imperfect tracks: interrupted, doubled, parts of another object. */
import { describe, expect, it } from 'vitest';
import { LineCounter } from '../../../../../../../workers/camera/cases/counting/vision/lines.ts';
import { Tracker } from '../../../../../../../workers/camera/vision/tracking/tracker.ts';
import { count, middle, walk, words, X } from './crossings.ts';
import { normal, random } from '../../../vision/rng.ts';
import { frames, type Spot } from '../../../vision/tracks.ts';
import { film, PICTURE, type Actor } from '../../../vision/world.ts';

describe('unstable tracks', () => {
  it('who stands on the line and trembles is never counted', () => {
    const next = random(11);
    const seen = frames(30, 10, () => [{ x: X + 2.5 * normal(next), y: 180 + 2.5 * normal(next) }]);
    expect(count(seen)).toEqual([]);
  });

  it.each<{ says: string; seen: ReturnType<typeof frames>; counted: string[] }>([
    {
      says: 'an id that changes in every third frame is one object',
      seen: frames(4, 10, (t, n) => [{ ...walk(t), id: Math.floor(n / 3) }]),
      counted: ['pedestrian backward'],
    },
    {
      says: 'lost before the line, found behind it under a new id: one',
      seen: frames(4, 10, (t) => (t > 1.6 && t < 2.4 ? [] : [{ ...walk(t), id: t < 2 ? 1 : 2 }])),
      counted: ['pedestrian backward'],
    },
    {
      says: 'crossed, lost, and found under a new id on the old side, from where it crosses again: still one',
      seen: frames(5, 10, (t) => [t < 2.25 ? { ...walk(t), id: 1 } : { ...walk(t - 0.45), id: 2 }]),
      counted: ['pedestrian backward'],
    },
    {
      says: 'the old id still there as a lost track: one',
      seen: frames(4, 10, (t) =>
        t < 2.2
          ? [{ ...walk(t), id: 1 }]
          : [
              { ...walk(2.1), id: 1, lost: true },
              { ...walk(t), id: 2 },
            ],
      ),
      counted: ['pedestrian backward'],
    },
    {
      says: 'two ids by turns, frame by frame, on one object: one',
      seen: frames(4, 10, (t, n) => [{ ...walk(t), id: 1 + (n % 2) }]),
      counted: ['pedestrian backward'],
    },
    {
      says: 'another one behind him is another: two',
      seen: frames(6, 10, (t) => [
        { ...walk(t), id: 1 },
        { ...walk(t - 1.5), id: 2 },
      ]),
      counted: ['pedestrian backward', 'pedestrian backward'],
    },
    {
      says: 'a new object far from where one was lost does not inherit',
      seen: frames(4, 10, (t) => (t < 1.5 ? [{ ...walk(t), id: 1 }] : [{ ...walk(t, 340), id: 2 }])),
      counted: [],
    },
    {
      says: 'a car does not go on where a walker was lost',
      seen: frames(4, 10, (t) =>
        t < 1.8 ? [{ ...walk(t), id: 1 }] : [{ ...walk(t, 240), id: 2, label: 'car' }],
      ),
      counted: [],
    },
  ])('$says', ({ seen, counted }) => {
    expect(words(count(seen))).toEqual(counted);
  });

  it('crossings one way less those the other way are where it ended less where it began, on 100 wanderers', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed);
      let [x, id, heading] = [X - 120, 1, 40];
      const seen = frames(40, 10, () => {
        if (next() < 0.02) heading = 80 * (next() - 0.5);
        if (next() < 0.05) id++;
        x = Math.min(X + 150, Math.max(X - 150, x + heading / 10));
        return next() < 0.1 ? [] : [{ id, x: x + 1.5 * normal(next), y: 180, vx: heading }];
      });
      const net = count(seen).reduce((sum, c) => sum + (c.direction === 'backward' ? 1 : -1), 0);
      // Who ends within the dead band may count as being on either side.
      const ended = Math.abs(x - X) < 15 ? [0, 1] : [x < X ? 0 : 1];
      expect(ended).toContain(net);
    }
  });
});

describe('one object of several tracks', () => {
  it.each<{ says: string; seen: ReturnType<typeof frames>; counted: string[] }>([
    {
      says: 'a rider who crossed as a pedestrian before his bicycle was found counts as one bicycle',
      seen: frames(5, 10, (t) =>
        t < 2.5
          ? [
              { ...walk(t), id: 1 },
              { ...walk(t), id: 2, y: 200, label: 'bicycle' },
            ]
          : [{ ...walk(t), id: 1, label: 'bicycle', members: [2] }],
      ),
      counted: ['bicycle backward'],
    },
    {
      says: 'if the pedestrian has been given out already, nothing more is',
      seen: frames(6, 10, (t) =>
        t < 3.5
          ? [
              { ...walk(t, 200), id: 1 },
              { ...walk(t, 120), id: 2, label: 'bicycle' },
            ]
          : [{ ...walk(t, 120), id: 2, label: 'bicycle', members: [1] }],
      ),
      counted: ['pedestrian backward'],
    },
    {
      says: 'the middle jumps over the line when two boxes become one: that is no motion',
      seen: frames(5, 10, (t) =>
        t < 2 ? [{ id: 1, x: X - 20, y: 180 }] : [{ id: 1, x: X + 20, y: 180, width: 60, members: [2] }],
      ),
      counted: [],
    },
  ])('$says', ({ seen, counted }) => {
    expect(words(count(seen))).toEqual(counted);
  });
});

describe('what no sure detection has named', () => {
  /** A walker, and a faint object beside the walker that moves along. */
  const pair = (dx: number, faint: Partial<Spot>) =>
    frames(12, 10, (t) => [
      { ...walk(Math.min(t, 4)), id: 1 },
      { ...walk(Math.min(t, 4), 200 + dx), id: 2, named: false, ...faint },
    ]);

  /** The same, but a sure detection names it half a second after the line. */
  const pairLater = (faint: Partial<Spot>) =>
    frames(12, 10, (t) => [
      { ...walk(Math.min(t, 4)), id: 1 },
      { ...walk(Math.min(t, 4), 200 + 4), id: 2, named: t > 2.5, ...faint },
    ]);

  it.each<{ says: string; seen: ReturnType<typeof frames>; counted: string[] }>([
    {
      says: 'is a piece of the one it crosses with, and does not count',
      seen: pair(8, {}),
      counted: ['pedestrian backward'],
    },
    {
      says: 'counts when it crosses elsewhere',
      seen: pair(8, { y: 320 }),
      counted: ['pedestrian backward', 'pedestrian backward'],
    },
    {
      says: 'counts when it crosses at another time',
      seen: frames(12, 10, (t) => [
        { ...walk(Math.min(t, 4)), id: 1 },
        { ...walk(Math.max(0, Math.min(t - 4, 4))), id: 2, named: false },
      ]),
      counted: ['pedestrian backward', 'pedestrian backward'],
    },
    {
      says: 'counts when it goes the other way',
      seen: frames(12, 10, (t) => [
        { ...walk(Math.min(t, 4)), id: 1 },
        { ...walk(Math.min(t, 4), 440, -60), id: 2, named: false },
      ]),
      counted: ['pedestrian backward', 'pedestrian forward'],
    },
    {
      says: 'counts beside another once a sure detection has named it, too',
      seen: pair(8, { named: true }),
      counted: ['pedestrian backward', 'pedestrian backward'],
    },
    {
      says: 'does not count when it lay within the other, although it is named once the other has gone',
      seen: pairLater({ width: 20, height: 20 }),
      counted: ['pedestrian backward'],
    },
    {
      says: 'counts when it is named later and was as large as the other',
      seen: pairLater({}),
      counted: ['pedestrian backward', 'pedestrian backward'],
    },
  ])('$says', ({ seen, counted }) => {
    expect(words(count(seen)).sort()).toEqual([...counted].sort());
  });
});

describe('with the tracker', () => {
  const walker = (y: number, from: number, to: number): Actor => ({
    width: 26,
    height: 70,
    way: [
      [0, from, y],
      [8, to, y + 6],
    ],
  });
  const actors: Actor[] = [
    walker(100, 120, 520),
    walker(190, 520, 120),
    walker(260, 140, 540),
    {
      label: 'car',
      width: 120,
      height: 60,
      way: [
        [1, -60, 320],
        [3, 700, 320],
      ],
    },
    {
      label: 'bus',
      width: 180,
      height: 80,
      way: [
        [4, 740, 50],
        [8, -90, 50],
      ],
    },
  ];
  it.each([
    { says: '5 frames a second', detector: { fps: 5, jitter: 0.03 } },
    { says: '12, with a tenth missed', detector: { fps: 12, jitter: 0.03, missed: 0.1 } },
    { says: '30, with a third missed', detector: { fps: 30, jitter: 0.03, missed: 0.33 } },
  ])('five objects are five crossings at $says', ({ detector }) => {
    for (let seed = 1; seed <= 10; seed++) {
      const tracker = new Tracker({ picture: PICTURE });
      const counter = new LineCounter([middle], { picture: PICTURE });
      const crossings = film(actors, { ...detector, seed }).flatMap(({ timeS, found }) =>
        counter.update(tracker.update(found, timeS), timeS),
      );
      expect(words([...crossings, ...counter.finish()]).sort()).toEqual([
        'bus forward',
        'car backward',
        'pedestrian backward',
        'pedestrian backward',
        'pedestrian forward',
      ]);
    }
  });
});
