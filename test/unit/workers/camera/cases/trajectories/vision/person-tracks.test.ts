import { describe, expect, it } from 'vitest';
import { pictureFloor } from '../../../../../../../workers/camera/cases/trajectories/vision/ground-position.ts';
import { UNCUT, type Track } from '../../../../../../../workers/camera/vision/tracking/track.ts';
import { PersonTracks } from '../../../../../../../workers/camera/cases/trajectories/vision/person-tracks.ts';
import { person } from '../../../vision/tracks.ts';

/** So tall that a metre is 100 pixels. */
const HEIGHT = 162;

/** Somebody who stands at a place, in metres. */
const track = (
  id: number,
  [x, y]: readonly [number, number],
  timeS: number,
  part: Partial<Track> = {},
): Track => person(id, [x * 100 - 30, y * 100 - HEIGHT, x * 100 + 30, y * 100], timeS, part);

type Scene = (timeS: number) => Track[];
const FPS = 10;

/** Keys of those who are believed to be there, by the track they are seen as, after some seconds. */
function watch(scene: Scene, seconds = 3): Map<number, number> {
  let drawn = 0;
  const visitors = new PersonTracks(pictureFloor, [], () => ++drawn);
  for (let i = 0; i <= seconds * FPS; i++) {
    visitors.update(scene(i / FPS), i / FPS);
    if (i % FPS === 0) visitors.settle(i / FPS);
  }
  return new Map(visitors.present.filter(({ believed }) => believed).map((who) => [who.track.id, who.key]));
}

/** Until a second has passed track 1 shows somebody; from then on it rests, faintly, on what stands there. */
const restingAt = (place: readonly [number, number], t: number): Track =>
  track(1, place, t, t < 1 ? {} : { score: 0.15 });
const from = (startS: number, t: number, make: () => Track): Track[] => (t >= startS ? [make()] : []);

describe('somebody who is missing on the floor, while a faint track rests where he was', () => {
  it.each([
    {
      says: 'goes on under the track that finds him again a little further',
      scene: (t: number) => [restingAt([3, 4], t), ...from(1.5, t, () => track(2, [3.5, 4.2], t))],
      expected: [[2, 1]],
    },
    {
      says: 'goes on where his pace has taken him',
      scene: (t: number) => [
        restingAt([3 + Math.min(t, 1) * 1.4, 4], t),
        ...from(1.8, t, () => track(2, [3 + t * 1.4, 4], t)),
      ],
      expected: [[2, 1]],
    },
    {
      says: 'is not who appears further away than he can have walked',
      scene: (t: number) => [restingAt([3, 4], t), ...from(1.5, t, () => track(2, [5, 4], t))],
      expected: [
        [1, 1],
        [2, 2],
      ],
    },
    {
      says: 'is not who appears there when more than a second has passed',
      scene: (t: number) => [restingAt([3, 4], t), ...from(2.4, t, () => track(2, [3.2, 4], t))],
      expected: [
        [1, 1],
        [2, 2],
      ],
    },
    {
      says: 'is not who comes in over the border of the picture',
      scene: (t: number) => [
        restingAt([3, 4], t),
        ...from(1.5, t, () => track(2, [3.3, 4], t, { cut: { ...UNCUT, left: true } })),
      ],
      expected: [
        [1, 1],
        [2, 2],
      ],
    },
    {
      says: 'is not told from somebody he has met, who stands an arm away',
      scene: (t: number) => [
        restingAt([3, 4], t),
        track(5, [3.5, 4], t),
        ...from(1.5, t, () => track(9, [3.2, 4], t)),
      ],
      expected: [
        [1, 1],
        [5, 2],
        [9, 3],
      ],
    },
    {
      says: 'is not told from another who is missing beside him',
      scene: (t: number) => [
        restingAt([3, 4], t),
        track(5, [3.7, 4], t, t < 1 ? {} : { score: 0.15 }),
        ...from(1.4, t, () => track(9, [3.35, 4], t)),
      ],
      expected: [
        [1, 1],
        [5, 2],
        [9, 3],
      ],
    },
    {
      says: 'is still there if he is seen again himself before the other is believed',
      scene: (t: number) => [
        track(1, [3, 4], t, t > 1 && t < 1.45 ? { score: 0.15 } : {}),
        ...from(1.4, t, () => track(2, [3.4, 4], t)),
      ],
      expected: [
        [1, 1],
        [2, 2],
      ],
    },
  ])('$says', ({ scene, expected }) => {
    expect([...watch(scene)].sort(([a], [b]) => a - b)).toEqual(expected);
  });

  it('two who cross keep their keys, one of them being missed behind the other', () => {
    const scene: Scene = (t) => [
      track(1, [2 + t, 4], t),
      // Walks the other way, behind; from where they meet on his track is lost, and a new one begins when he is out again.
      ...(t < 1.3 ? [track(2, [5 - t, 3.6], t)] : [track(2, [3.7, 3.6], t, { lost: true, score: 0.1 })]),
      ...from(2.1, t, () => track(3, [5 - t, 3.6], t)),
    ];
    const keys = watch(scene);
    expect(keys.get(1)).toBe(1);
    expect(keys.get(3)).toBe(2);
    expect(keys.size).toBe(2);
  });

  it('has one line, without what was seen at the resting place', () => {
    let drawn = 0;
    const visitors = new PersonTracks(pictureFloor, [], () => ++drawn);
    const points: number[] = [];
    for (let i = 0; i <= 30; i++) {
      const t = i / FPS;
      const resting = track(1, t < 1 ? [3, 4] : [3, 6], t, t < 1 ? {} : { score: 0.15 });
      visitors.update([resting, ...from(1.5, t, () => track(2, [3.4, 4], t))], t);
    }
    for (const { key, points: piece } of visitors.finish()) {
      expect(key).toBe(1);
      points.push(...piece.map(({ at }) => at[1] / 100));
    }
    expect(points).toHaveLength(10 + 16);
    for (const y of points) expect(y).toBeCloseTo(4, 1);
  });
});

describe.each([
  { seen: 'and was seen faintly to the end', upToS: 3.5 },
  { seen: 'without any faint sighting', upToS: 1 },
])('somebody who vanished in the middle of the floor, $seen,', ({ upToS }) => {
  const GONE_S = 3.5;
  /** Seen at one place, surely and perhaps faintly; some time after somebody appears at another, metres away. */
  const keyOf = (afterS: number, metres: number) =>
    watch(
      (t) => [
        ...(t < upToS ? [restingAt([3, 4], t)] : []),
        ...from(GONE_S + afterS, t, () => track(2, [3 + metres, 4], t)),
      ],
      GONE_S + afterS + 2,
    ).get(2);

  it.each([
    { says: 'goes under the same key where he can have walked to', afterS: 6, metres: 8, key: 1 },
    { says: 'is not who appears further than anybody walks: 1.5 m/s', afterS: 6, metres: 15, key: 2 },
    { says: 'is waited for a minute', afterS: 55, metres: 1, key: 1 },
    { says: 'is not waited for longer than a minute', afterS: 65, metres: 1, key: 2 },
  ])('$says', ({ afterS, metres, key }) => expect(keyOf(afterS, metres)).toBe(key));
});

describe('a few detections that were never confirmed', () => {
  const stub = (id: number, place: readonly [number, number], t: number) =>
    track(id, place, t, { confirmed: false });

  it('are not the beginning of the line of who appears there after a gap', () => {
    const visitors = new PersonTracks(pictureFloor, [], () => 1);
    const points: number[] = [];
    for (let i = 0; i <= 40; i++) {
      const t = i / FPS;
      const seen = t < 0.2 ? [stub(1, [3, 4], t)] : from(2, t, () => track(2, [3.3, 4], t));
      visitors.update(seen, t);
      if (i % FPS === 0)
        points.push(...visitors.settle(t).flatMap((part) => part.points.map((p) => p.timeS)));
    }
    points.push(...visitors.finish().flatMap((part) => part.points.map(({ timeS }) => timeS)));
    expect(Math.min(...points)).toBeCloseTo(2);
  });

  it.each([
    { says: 'that end', stubEndsS: 8, heirS: 14 },
    { says: 'that another track continues', stubEndsS: 8, heirS: 9 },
  ])('$says give the key of who vanished there back to who comes next', ({ stubEndsS, heirS }) => {
    const keys = watch(
      (t) => [
        ...(t < 2 ? [track(1, [3, 4], t)] : []),
        ...(t >= 7.8 && t < stubEndsS ? [stub(2, [3.2, 4], t)] : []),
        ...from(heirS, t, () => track(3, [3.4, 4], t)),
      ],
      heirS + 2,
    );
    expect([...keys]).toEqual([[3, 1]]);
  });
});
