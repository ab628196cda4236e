import { describe, expect, it } from 'vitest';
import type { Detection } from '../../../../../../workers/camera/vision/geometry/detection.ts';
import { Tracker, type TrackerOptions } from '../../../../../../workers/camera/vision/tracking/tracker.ts';
import { car, follow, walker } from './followed.ts';
import { random } from '../rng.ts';
import { film, PICTURE, type Actor, type Detector, type Frame } from '../world.ts';

describe('one object keeps one id', () => {
  it.each<{ says: string; actor: Actor; detector: Detector }>([
    { says: 'a walker at 30 frames a second', actor: walker, detector: { fps: 30, jitter: 0.04 } },
    { says: 'at 12', actor: walker, detector: { fps: 12, jitter: 0.04 } },
    { says: 'at 5', actor: walker, detector: { fps: 5, jitter: 0.04 } },
    { says: 'at 2', actor: walker, detector: { fps: 2, jitter: 0.04 } },
    { says: 'at 1', actor: walker, detector: { fps: 1, jitter: 0.02 } },
    {
      says: 'with a third of the detections missing',
      actor: walker,
      detector: { fps: 10, jitter: 0.04, missed: 0.33 },
    },
    {
      says: 'a car that moves by two thirds of its length in a frame',
      actor: car(400),
      detector: { fps: 5, jitter: 0.03 },
    },
    {
      says: 'a car that moves by its whole length in a frame',
      actor: car(600),
      detector: { fps: 5, jitter: 0.02 },
    },
    {
      says: 'hidden for 0.8 s behind a pillar',
      actor: { ...walker, hidden: [[4, 4.8]] },
      detector: { fps: 10, jitter: 0.03 },
    },
    {
      says: 'that turns back while it is hidden',
      actor: {
        ...walker,
        way: [
          [0, 300, 200],
          [4, 400, 200],
          [8, 300, 200],
        ],
        hidden: [[3.7, 4.3]],
      },
      detector: { fps: 10, jitter: 0.03 },
    },
    {
      says: 'that stops, waits and goes on',
      actor: {
        ...walker,
        way: [
          [0, 200, 200],
          [3, 350, 200],
          [6, 350, 200],
          [8, 450, 200],
        ],
      },
      detector: { fps: 10, jitter: 0.04 },
    },
    {
      says: 'that comes towards the camera and grows threefold',
      actor: {
        growth: 3,
        ...walker,
        way: [
          [0, 300, 150],
          [6, 310, 200],
        ],
      },
      detector: { fps: 10, jitter: 0.03 },
    },
  ])('$says', ({ actor, detector }) => {
    for (let seed = 1; seed <= 10; seed++) {
      const { idsOf } = follow(film([actor], { ...detector, seed }));
      expect(idsOf[0]).toHaveLength(1);
    }
  });

  it('with frames at irregular times', () => {
    const next = random(7);
    const tracker = new Tracker({ picture: PICTURE });
    const ids = new Set<number>();
    for (let t = 0; t < 8; t += 0.03 + next() * 0.4) {
      const [x, y] = [100 + 50 * t, 200];
      const found: Detection[] = [{ label: 'person', score: 0.8, box: [x - 15, y - 40, x + 15, y + 40] }];
      for (const track of tracker.update(found, t)) ids.add(track.id);
    }
    expect(ids.size).toBe(1);
  });
});

describe('objects do not take over one another', () => {
  it.each<{ says: string; actors: Actor[]; detector: Detector }>([
    {
      says: 'two walkers that meet and pass, the farther one hidden meanwhile',
      actors: [
        {
          width: 30,
          height: 80,
          way: [
            [0, 200, 200],
            [6, 440, 200],
          ],
        },
        {
          width: 28,
          height: 74,
          way: [
            [0, 440, 192],
            [6, 200, 192],
          ],
          hidden: [[2.7, 3.3]],
        },
      ],
      detector: { fps: 10, jitter: 0.03 },
    },
    {
      says: 'two cars one behind the other',
      actors: [
        car(250),
        {
          ...car(250),
          way: [
            [0.8, 60, 200],
            [0.8 + 520 / 250, 580, 200],
          ],
        },
      ],
      detector: { fps: 10, jitter: 0.03 },
    },
    {
      says: 'a walker in front of a standing car',
      actors: [
        {
          ...walker,
          way: [
            [0, 150, 210],
            [8, 450, 210],
          ],
        },
        {
          label: 'car',
          width: 160,
          height: 70,
          way: [
            [0, 300, 215],
            [8, 300, 215],
          ],
        },
      ],
      detector: { fps: 10, jitter: 0.03 },
    },
    {
      says: 'a group of six side by side',
      actors: Array.from({ length: 6 }, (_, i) => ({
        width: 24,
        height: 70,
        way: [
          [0, 60 + 26 * i, 180 + 3 * i],
          [8, 400 + 26 * i, 180 + 3 * i],
        ] as const,
      })),
      detector: { fps: 10, jitter: 0.03, missed: 0.05 },
    },
  ])('$says', ({ actors, detector }) => {
    for (let seed = 1; seed <= 10; seed++) {
      const { idsOf } = follow(film(actors, { ...detector, seed }));
      expect(idsOf.map((ids) => ids.length)).toEqual(actors.map(() => 1));
      expect(new Set(idsOf.flat()).size).toBe(actors.length);
    }
  });

  it('a person away for longer than a track lives returns as another one', () => {
    const { idsOf } = follow(film([{ ...walker, hidden: [[3, 5.5]] }]));
    expect(idsOf[0]).toHaveLength(2);
  });
});

describe('order and repetition', () => {
  const busy = film(
    Array.from({ length: 12 }, (_, i) => ({
      label: i % 3 === 0 ? 'car' : 'person',
      width: 20 + 3 * i,
      height: 40 + 2 * i,
      way: [
        [0, 40 + 45 * i, 60 + 20 * i],
        [5, 600 - 45 * i, 80 + 18 * i],
      ] as const,
    })),
    { jitter: 0.05, missed: 0.1 },
  );
  const history = (frames: readonly Frame[]) => {
    const tracker = new Tracker({ picture: PICTURE });
    return frames.map(({ timeS, found }) =>
      tracker.update(found, timeS).map((t) => [t.id, t.label, ...t.box, t.lost, t.confirmed]),
    );
  };

  it('the same input gives the same output', () => {
    expect(history(busy)).toEqual(history(busy));
  });

  it('the order of the detections does not matter', () => {
    const next = random(8);
    const shuffled = busy.map((frame) => ({
      ...frame,
      // Scores made unequal, for equal ones keep their order.
      found: frame.found.map((d, i) => ({ d: { ...d, score: 0.8 - i / 1000 }, key: next() })),
    }));
    const inOrder = shuffled.map((f) => ({ ...f, found: f.found.map(({ d }) => d) }));
    const mixed = shuffled.map((f) => ({
      ...f,
      found: [...f.found].sort((a, b) => a.key - b.key).map(({ d }) => d),
    }));
    expect(history(mixed)).toEqual(history(inOrder));
  });

  it('no two tracks share an id or a detection, and none is confirmed without cause, on 30 random worlds', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const next = random(seed);
      const tracker = new Tracker({ picture: PICTURE });
      const everConfirmed = new Set<number>();
      const known = new Set<number>();
      for (let n = 0; n < 40; n++) {
        const found = Array.from({ length: Math.floor(next() * 25) }, (): Detection => {
          const [x, y] = [next() * 640, next() * 360];
          const label = ['person', 'bicycle', 'car', 'truck'][Math.floor(next() * 4)]!;
          return { label, score: next(), box: [x, y, x + 10 + next() * 60, y + 10 + next() * 60] };
        });
        const tracks = tracker.update(found, n / 10);
        expect(new Set(tracks.map((t) => t.id)).size).toBe(tracks.length);
        const seen = tracks.filter((t) => !t.lost);
        expect(new Set(seen.map((t) => t.observed)).size).toBe(seen.length);
        for (const t of seen) {
          expect(t.lastSeenS).toBe(n / 10);
          expect(t.box.every(Number.isFinite)).toBe(true);
        }
        for (const t of tracks) {
          if (t.confirmed) expect(t.hits).toBeGreaterThanOrEqual(3);
          if (everConfirmed.has(t.id)) expect(t.confirmed).toBe(true);
          if (t.confirmed) everConfirmed.add(t.id);
          known.add(t.id);
        }
      }
      expect(Math.max(...known)).toBeGreaterThanOrEqual(known.size);
    }
  });

  it('a source that starts again ends all tracks, and ids go on', () => {
    const tracker = new Tracker({ picture: PICTURE });
    for (const { timeS, found } of busy) tracker.update(found, timeS);
    const before = tracker.update(busy[49]!.found, 5.1).map((t) => t.id);
    const after = tracker.update(busy[0]!.found, 0).map((t) => t.id);
    expect(tracker.ended().map((t) => t.id)).toEqual(before);
    expect(Math.min(...after)).toBeGreaterThan(Math.max(...before));
  });

  it('reset ends all tracks', () => {
    const tracker = new Tracker({ picture: PICTURE });
    tracker.update(busy[0]!.found, 3);
    tracker.reset();
    expect(tracker.ended()).toHaveLength(busy[0]!.found.length);
    expect(tracker.update([], 0)).toEqual([]);
  });
});

describe('options', () => {
  it.each<{ options: TrackerOptions; message: string }>([
    { options: { lowScore: -0.1 }, message: 'lowScore must be within 0..1, got -0.1.' },
    { options: { highScore: 1.5 }, message: 'highScore must be within 0..1, got 1.5.' },
    { options: { lowScore: 0.6 }, message: 'lowScore (0.6) is above highScore (0.35).' },
    { options: { confirmHits: 1.5 }, message: 'confirmHits must be a whole number from 1 up, got 1.5.' },
    { options: { confirmHits: 0 }, message: 'confirmHits must be a whole number from 1 up, got 0.' },
    { options: { lostForS: NaN }, message: 'lostForS must be a finite number from 0 up, got NaN.' },
    { options: { minOverlap: 2 }, message: 'minOverlap must be within 0..1, got 2.' },
    {
      options: { noise: { measurement: 0, acceleration: 1, velocity: 1, growth: 1 } },
      message: 'noise.measurement must be a positive finite number, got 0.',
    },
    {
      options: { picture: { width: 0, height: 10 } },
      message: 'picture.width must be a positive finite number, got 0.',
    },
    { options: { groups: [['car'], ['bus', 'car']] }, message: 'Label "car" is in more than one group.' },
  ])('$message', ({ options, message }) => {
    expect(() => new Tracker(options)).toThrow(message);
  });

  it('a time that is no number is refused', () => {
    expect(() => new Tracker().update([], NaN)).toThrow('timeS must be finite, got NaN.');
  });
});
