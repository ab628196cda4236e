import { describe, expect, it } from 'vitest';
import type { Mover } from '../../../../scenes/simulation/movers.ts';
import type { MeasuredFace, MeasuredOutline } from '../../../../scenes/truth/assemble.ts';
import type { Motion } from '../../../../scenes/truth/motion.ts';
import { assembleTruth, motionOf } from '../../../../scenes/truth/assemble.ts';
import { roadIn, stateAt, trackOf } from '../../../../scenes/truth/road.ts';
import { daysOf, passagesIn, staysIn } from '../../../../scenes/truth/stays.ts';
import { attributes } from '../../../../scenes/worlds/attributes/world.ts';
import type { WorldPlan } from '../../../../scenes/worlds/plan.ts';
import { castingOf, identityOf } from '../../../../scenes/worlds/plan.ts';
import { repeatVisits } from '../../../../scenes/worlds/repeat-visits/world.ts';
import { streetscape } from '../../../../scenes/worlds/streetscape/world.ts';
import { trajectories } from '../../../../scenes/worlds/trajectories/world.ts';

const mover = (id: string, x: number, z: number, rest: Partial<Mover> = {}): Mover => ({
  id,
  kind: 'pedestrian',
  character: 7,
  x,
  z,
  heading: 0,
  speed: 1,
  acceleration: 0,
  travelled: 0,
  ...rest,
});
const motionWith = (frames: readonly (readonly Mover[])[]): Motion => ({
  frames: frames.map((movers) => new Map(movers.map((m) => [m.id, m]))),
  paths: [],
});

describe('faces in the truth', () => {
  const plan: WorldPlan = { ...attributes, durationS: 1 };
  const whole: MeasuredFace = { box: [100, 100, 150, 160], yawDeg: 10.04, open: 1 };
  const frameWith = (face: MeasuredFace) => {
    const outline: MeasuredOutline = {
      id: 'visit-1-0',
      box: [60, 80, 220, 500],
      seen: [60, 80, 220, 500],
      alonePixels: 100,
      seenPixels: 100,
      face,
    };
    const motion = motionWith([[mover('visit-1-0', 0, 0)]]);
    return assembleTruth(plan, motion, [[outline]]).frames[0]!.objects[0]!.face!;
  };

  it.each([
    { says: 'towards the camera', change: {}, seen: true },
    { says: 'at 60 degrees', change: { yawDeg: -60 }, seen: true },
    { says: 'beyond 60 degrees', change: { yawDeg: 61 }, seen: false },
    { says: 'from behind', change: { yawDeg: 179 }, seen: false },
    { says: 'half hidden', change: { open: 0.5 }, seen: true },
    { says: 'mostly hidden', change: { open: 0.4 }, seen: false },
    { says: 'cut by the border', change: { box: [-1, 100, 50, 160] }, seen: false },
  ] as { says: string; change: Partial<MeasuredFace>; seen: boolean }[])('$says', ({ change, seen }) => {
    const face = frameWith({ ...whole, ...change });
    expect(face.seen).toBe(seen);
  });

  it('are rounded as boxes are', () => {
    expect(frameWith(whole)).toEqual({ box: [100, 100, 150, 160], yawDeg: 10, open: 1, seen: true });
  });
});

describe('stays in zones', () => {
  const inside = mover('a', -3.8, 2);
  const outside = mover('a', 0, 0);
  it.each([
    { says: 'through', frames: [outside, inside, inside, outside], expected: [[1, 3, true]] },
    { says: 'from the beginning', frames: [inside, outside], expected: [[0, 1, false]] },
    { says: 'to the end', frames: [outside, inside, inside], expected: [[1, 3, false]] },
    {
      says: 'twice',
      frames: [outside, inside, outside, inside, outside],
      expected: [
        [1, 2, true],
        [3, 4, true],
      ],
    },
    { says: 'never', frames: [outside, outside], expected: [] },
    {
      says: 'somebody who leaves the world',
      frames: [outside, inside, null, null],
      expected: [[1, 2, true]],
    },
  ] as const)('$says', ({ frames, expected }) => {
    const motion = motionWith(frames.map((m) => (m ? [m] : [])));
    const offer = staysIn(trajectories, motion).filter(({ zone }) => zone === 'offer');
    expect(offer.map(({ fromS, toS, whole }) => [fromS * 12, toS * 12, whole])).toEqual(
      expected.map(([from, to, whole]) => [expect.closeTo(from, 1), expect.closeTo(to, 1), whole]),
    );
  });
});

describe('passages', () => {
  const face = (height: number, seen = true) => ({
    box: [0, 0, 40, height] as [number, number, number, number],
    yawDeg: 0,
    open: 1,
    seen,
  });
  const object = (id: string, f: ReturnType<typeof face>) => ({
    id,
    box: [0, 0, 9, 9] as [number, number, number, number],
    seen: null,
    occlusion: 0,
    floor: [0, 0] as [number, number],
    headingDeg: 0,
    face: f,
  });
  // Visits 1 and 6 are the same woman on the first and the second day.
  const motion = motionWith(
    Array.from({ length: 200 }, () => [mover('visit-1-0', 0, 0), mover('visit-6-0', 0, 0)]),
  );
  const frames = motion.frames.map((_, i) => ({
    occupancy: {},
    objects: [
      ...(i >= 10 && i < 20 ? [object('visit-1-0', face(i < 15 ? 40 : 50, i !== 19))] : []),
      ...(i >= 110 && i < 115 ? [object('visit-6-0', face(60))] : []),
      ...(i >= 120 && i < 125 ? [object('visit-5-0', face(20))] : []),
    ],
  }));

  it('last from the first to the last sight of the face, on its day, and count visits', () => {
    const found = passagesIn(repeatVisits, motion, frames);
    expect(found).toEqual([
      { id: 'visit-1-0', identity: 'fv', day: 1, visit: 1, fromS: 1, toS: 1.9, facePx: 50 },
      { id: 'visit-6-0', identity: 'fv', day: 2, visit: 2, fromS: 11, toS: 11.5, facePx: 60 },
    ]);
  });
});

describe('the four days', () => {
  it('follow one another to the end of the clip', () => {
    const days = daysOf(repeatVisits);
    expect(days.map(({ day }) => day)).toEqual([1, 2, 3, 4]);
    expect(days[0]!.fromS).toBe(0);
    expect(days.slice(1).map(({ fromS }) => fromS)).toEqual(days.slice(0, -1).map(({ toS }) => toS));
    expect(days.at(-1)!.toS).toBe(repeatVisits.durationS);
  });

  it('bring the same faces in other clothes', () => {
    const seen = new Map<string, ReturnType<typeof castingOf>[]>();
    for (const id of Object.keys(repeatVisits.cast!)) {
      const visitor = mover(id, 0, 0);
      const identity = identityOf(repeatVisits, visitor);
      seen.set(identity, [...(seen.get(identity) ?? []), castingOf(repeatVisits, visitor)]);
    }
    expect(seen.size).toBe(10);
    const returning = [...seen.values()].filter((looks) => looks.length > 1);
    expect(returning).toHaveLength(5);
    for (const [first, ...later] of returning)
      for (const look of later) {
        expect(look!.face).toEqual(first!.face);
        expect(look!.hair).toEqual(first!.hair);
        expect(look!.top).not.toEqual(first!.top);
      }
  });
});

describe('the road before a camera that moves', () => {
  it.each([
    { says: '10 km/h', speed: 10 / 3.6, state: 'jammed' },
    { says: 'a little more', speed: 10.1 / 3.6, state: 'busy' },
    { says: '20 km/h', speed: 20 / 3.6, state: 'busy' },
    { says: 'faster', speed: 30 / 3.6, state: 'free' },
  ])('$says is $state', ({ speed, state }) => {
    expect(stateAt(speed)).toBe(state);
  });

  const car = (id: string, x: number, speed: number, heading = Math.PI / 2): Mover =>
    mover(id, x, 0, { kind: 'car', body: 'sedan', speed, heading });
  const plan: WorldPlan = { ...streetscape, fps: 1, durationS: 4 };
  const { mover: taxi } = streetscape.mount!;

  it.each([
    { says: 'alone and fast', others: [], expected: 'free' },
    { says: 'behind a queue', others: [car('a', 20, 0), car('b', 30, 0)], expected: 'jammed' },
    { says: 'oncoming traffic does not count', others: [car('a', 20, 0, -Math.PI / 2)], expected: 'free' },
    { says: 'nor what is behind', others: [car('a', -20, 0)], expected: 'free' },
    { says: 'nor what is far ahead', others: [car('a', 80, 0)], expected: 'free' },
  ])('$says: $expected', ({ others, expected }) => {
    const motion = motionWith([0, 1, 2, 3].map(() => [car(taxi, 0, 8), ...others]));
    expect(roadIn(plan, motion)).toEqual([{ fromS: 0, toS: 4, state: expected }]);
  });

  it('is nothing to a camera that stands still', () => {
    const motion = motionWith([[mover('a', 0, 0)]]);
    expect(roadIn(trajectories, motion)).toBeUndefined();
    expect(trackOf(trajectories, motion)).toBeUndefined();
  });

  it.each([
    { bearingDeg: 0, lat: 1, lon: 0 },
    { bearingDeg: 90, lat: 0, lon: 1 },
    { bearingDeg: 180, lat: -1, lon: 0 },
  ])('+x goes $bearingDeg degrees from north on the map', ({ bearingDeg, lat, lon }) => {
    const onMap = { lat: 0, lon: 0, bearingDeg };
    const motion = motionWith([[car(taxi, 0, 10)], [car(taxi, 111.32, 10)]]);
    const [first, second] = trackOf({ ...plan, onMap }, motion)!.points;
    expect(second!.lat - first!.lat).toBeCloseTo(lat / 1000, 6);
    expect(second!.lon - first!.lon).toBeCloseTo(lon / 1000, 6);
    expect(second!.bearingDeg).toBe(bearingDeg);
  });

  it('is free, busy and jammed in turn in the sample', () => {
    const states = roadIn(streetscape, motionOf(streetscape))!.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['free', 'busy', 'jammed']));
  });
});
