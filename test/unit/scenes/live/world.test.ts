import { describe, expect, it } from 'vitest';
import { LIVE_WORLDS } from '../../../../scenes/live/contract.ts';
import { WORLD_KNOBS } from '../../../../scenes/live/knobs.ts';
import { LiveWorld, carrierAmong, comes, livePlan } from '../../../../scenes/live/world.ts';
import type { Mover } from '../../../../scenes/simulation/movers.ts';

const mover = (id: string, travelled: number, part: Partial<Mover> = {}): Mover => ({
  id,
  kind: 'car',
  body: 'sedan',
  character: 1,
  x: 0,
  z: 0,
  heading: 0,
  speed: 5,
  acceleration: 0,
  travelled,
  ...part,
});

const run = (world: (typeof LIVE_WORLDS)[number], density: number, seed: number, untilS: number) => {
  const live = new LiveWorld(world, seed, { ...WORLD_KNOBS[world].start, density }, 360);
  live.runTo(untilS);
  return live;
};

describe('a world that goes on', () => {
  it('is the same for the same seed, and another for another', () => {
    const movers = (seed: number) => run('counting', 1, seed, 3).movers;
    expect(movers(7)).toEqual(movers(7));
    expect(movers(7)).not.toEqual(movers(8));
  });

  it('is fuller the more the knob asks for, and admits no arrivals when it is full', () => {
    const [few, usual, many] = [0.25, 1, 2.5].map((density) => run('counting', density, 7, 0).movers.length);
    expect(few).toBeLessThan(usual! / 2);
    expect(many).toBeGreaterThan(usual! * 1.4);
    const live = run('counting', 1, 7, 0);
    const before = new Set(live.movers.map(({ id }) => id));
    live.full = true;
    live.runTo(12);
    expect(live.movers.every(({ id }) => before.has(id))).toBe(true);
  });

  it('thins its arrivals in proportion, and always the same', () => {
    const ids = Array.from({ length: 4000 }, (_, i) => `east-${i}`);
    const share = (density: number) => ids.filter((id) => comes(id, 5, density)).length / ids.length;
    expect(share(2.5)).toBe(1);
    expect(share(1)).toBeCloseTo(0.4, 1);
    expect(share(0.25)).toBeCloseTo(0.1, 1);
    const some = ids.filter((id) => comes(id, 5, 0.5));
    expect(some.every((id) => comes(id, 5, 1))).toBe(true);
  });

  it('goes on after the clip’s own timetable is over, and keeps those who belong to the place', () => {
    const entrance = run('attributes', 1, 7, 600);
    const came = new Set<string>();
    for (let s = 600; s < 660; s++) {
      entrance.runTo(s);
      for (const { id } of entrance.movers) came.add(id);
    }
    expect(came.size).toBeGreaterThan(10);
    const clerks = ({ movers }: LiveWorld) => movers.filter(({ id }) => id.startsWith('clerk')).length;
    for (const density of [0.25, 1]) expect(clerks(run('trajectories', density, 7, 60))).toBe(1);
  });

  it('is exchanged with a cut when its hour is over', () => {
    const live = run('attributes', 0.25, 7, 1);
    expect(live.cuts).toBe(0);
    live.runTo(3600.5);
    expect(live.cuts).toBe(1);
  });

  it('moves the camera without moving people', () => {
    const live = run('counting', 1, 7, 2);
    const { movers } = live;
    live.turn({ ...WORLD_KNOBS.counting.start, cameraM: 8, tiltDeg: 30, light: 'dusk' }, 180);
    expect(live.movers).toEqual(movers);
    expect(live.camera.positionM[1]).toBe(8);
    expect(live.plan).toMatchObject({ width: 320, height: 180, light: { weather: 'dusk' } });
  });

  it.each(LIVE_WORLDS)('has no motion blur, whatever the clip has: %s', (world) => {
    const { sensor } = livePlan(world, WORLD_KNOBS[world].start, 360);
    expect(sensor).toMatchObject({ shutter: 0, shutterSamples: 1, noise: 2 });
  });
});

describe('who carries the camera through the street', () => {
  it.each([
    { says: 'the same, while there is road ahead', before: 'car-e-1', travelled: [100, 20], is: 'car-e-1' },
    { says: 'another, when its road ends', before: 'car-e-1', travelled: [270, 20], is: 'car-e-2' },
    {
      says: 'the one that is furthest on among the fresh',
      before: undefined,
      travelled: [80, 20],
      is: 'car-e-1',
    },
    { says: 'none, when all are at the end', before: 'car-e-1', travelled: [270, 290], is: undefined },
  ])('is $says', ({ before, travelled, is }) => {
    const movers = [
      mover('car-e-1', travelled[0]!),
      mover('car-e-2', travelled[1]!),
      mover('car-w-1', 10),
      mover('bike-e-1', 10, { body: 'bicycle' }),
    ];
    expect(carrierAmong(movers, 'car-e', 300, before)).toBe(is);
  });

  it('is not in its own picture, and the camera rides along', () => {
    const live = run('streetscape', 1, 7, 0);
    const before = live.camera.positionM;
    live.runTo(3);
    expect(
      live.movers.some(
        ({ x, z }) => Math.hypot(x - live.camera.positionM[0], z - live.camera.positionM[2]) < 1,
      ),
    ).toBe(false);
    expect(live.camera.positionM).not.toEqual(before);
    expect(live.camera.positionM[1]).toBe(1.35);
  });
});
