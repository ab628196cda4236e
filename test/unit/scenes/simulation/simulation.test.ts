import { describe, expect, it } from 'vitest';
import { createRng } from '../../../../scenes/rng.ts';
import { arrivalTimes } from '../../../../scenes/simulation/arrivals.ts';
import type { Mover } from '../../../../scenes/simulation/movers.ts';
import { BODY_RADIUS, FOOTPRINTS, turnBetween } from '../../../../scenes/simulation/movers.ts';
import { aspectAt, greenLeft } from '../../../../scenes/simulation/signals.ts';
import type { Script } from '../../../../scenes/simulation/simulation.ts';
import { Simulation } from '../../../../scenes/simulation/simulation.ts';
import { WORLDS } from '../../../../scenes/worlds/index.ts';
import { simulate } from '../../../../scenes/worlds/plan.ts';

/** Every mover at every tenth of a second. */
function record(simulation: Simulation, seconds: number): Mover[][] {
  return Array.from({ length: seconds * 10 }, (_, i) => {
    simulation.runTo(i / 10);
    return simulation.movers;
  });
}

const empty: Script = { flows: [], walls: [], lanes: [], warmUpS: 0 };

describe('arrivalTimes', () => {
  it('takes times that are given as they are, within the span', () => {
    const rate = { perMinute: 0, minGapS: 0, atS: [-3, 0.5, 2, 10] };
    expect(arrivalTimes(createRng(1), rate, -1, 10)).toEqual([0.5, 2]);
  });

  it('keeps the mean rate and the least gap', () => {
    const times = arrivalTimes(createRng(1), { perMinute: 30, minGapS: 0 }, 0, 6000);
    expect(times.length / 100).toBeGreaterThan(28);
    expect(times.length / 100).toBeLessThan(32);
    const spaced = arrivalTimes(createRng(1), { perMinute: 60, minGapS: 2 }, 0, 600);
    for (let i = 1; i < spaced.length; i++) expect(spaced[i]! - spaced[i - 1]!).toBeGreaterThanOrEqual(2);
  });

  it('surges when told to', () => {
    const surges = [{ fromS: 100, toS: 200, factor: 5 }];
    const times = arrivalTimes(createRng(3), { perMinute: 30, minGapS: 0, surges }, 0, 300);
    const between = (from: number, to: number): number => times.filter((t) => t >= from && t < to).length;
    expect(between(100, 200)).toBeGreaterThan(3 * between(0, 100));
  });
});

describe('signals', () => {
  const plan = {
    offsetS: 0,
    phases: [
      { seconds: 5, aspects: { drive: 'green' } },
      { seconds: 2, aspects: { drive: 'amber' } },
      { seconds: 3, aspects: { walk: 'green' } },
    ],
  } as const;
  it.each([
    { says: 'begins with its first phase', group: 'drive', at: 0, expected: 'green' },
    { says: 'then the next', group: 'drive', at: 5, expected: 'amber' },
    { says: 'red where nothing is said', group: 'drive', at: 8, expected: 'red' },
    { says: 'goes round', group: 'walk', at: 17.5, expected: 'green' },
    { says: 'also before time zero', group: 'walk', at: -1, expected: 'green' },
  ])('$says', ({ group, at, expected }) => {
    expect(aspectAt(plan, group, at)).toBe(expected);
  });
  it('tells how long green lasts', () => {
    expect(greenLeft(plan, 'drive', 1)).toBeCloseTo(4, 0);
    expect(greenLeft(plan, 'drive', 6)).toBe(0);
  });
});

describe('turnBetween', () => {
  it.each([
    { says: 'the short way over the seam', from: 3, to: -3, turn: 2 * Math.PI - 6 },
    { says: 'left', from: 0, to: 1, turn: 1 },
    { says: 'none', from: 2, to: 2 + 4 * Math.PI, turn: 0 },
  ])('$says', ({ from, to, turn }) => {
    expect(turnBetween(from, to)).toBeCloseTo(turn, 9);
  });
});

describe('crowd', () => {
  const towards = (id: string, x0: number, x1: number, perMinute = 40): Script['flows'][number] => ({
    id,
    perMinute,
    minGapS: 1,
    speed: [1.1, 1.5],
    route: [{ area: [x0, -1, x0, 1] }, { area: [x1, -1, x1, 1] }],
  });

  it('lets opposite streams pass without anyone touching', () => {
    const script = { ...empty, flows: [towards('a', -12, 12), towards('b', 12, -12)] };
    let max = 0;
    for (const movers of record(new Simulation(script, 5, 60), 60)) {
      max = Math.max(max, movers.length);
      for (const [i, a] of movers.entries())
        for (const b of movers.slice(i + 1))
          expect(Math.hypot(a.x - b.x, a.z - b.z)).toBeGreaterThan(2 * BODY_RADIUS - 0.05);
    }
    expect(max).toBeGreaterThan(10);
  });

  it('waits at a red light and goes on green', () => {
    const script: Script = {
      ...empty,
      flows: [
        {
          ...towards('w', -6, 6, 600),
          route: [{ area: [-6, 0, -6, 0] }, { area: [0, 0, 0, 0], waitFor: 'walk' }, { area: [6, 0, 6, 0] }],
        },
      ],
      signals: {
        offsetS: 0,
        phases: [
          { seconds: 15, aspects: {} },
          { seconds: 30, aspects: { walk: 'green' } },
        ],
      },
    };
    const simulation = new Simulation(script, 1, 1);
    simulation.runTo(14.5);
    const waiting = simulation.movers[0]!;
    expect(Math.abs(waiting.x)).toBeLessThan(0.5);
    expect(waiting.speed).toBeLessThan(0.3);
    simulation.runTo(18);
    expect(simulation.movers[0]!.x).toBeGreaterThan(1);
  });

  it('dwells where it is told to, facing as told', () => {
    const script: Script = {
      ...empty,
      flows: [
        {
          ...towards('d', -4, 4, 600),
          route: [
            { area: [-4, 0, -4, 0] },
            { area: [0, 0, 0, 0], dwellS: [20, 20], facing: Math.PI },
            { area: [4, 0, 4, 0] },
          ],
        },
      ],
    };
    const simulation = new Simulation(script, 1, 1);
    simulation.runTo(15);
    const standing = simulation.movers[0]!;
    expect(Math.hypot(standing.x, standing.z)).toBeLessThan(0.5);
    expect(Math.abs(turnBetween(standing.heading, Math.PI))).toBeLessThan(0.1);
    simulation.runTo(45);
    expect(simulation.movers.find(({ id }) => id === standing.id)).toBeUndefined();
  });

  it('lets one at a time through a gate', () => {
    const script: Script = {
      ...empty,
      flows: [
        {
          ...towards('g', -5, 5, 60),
          minGapS: 0.8,
          route: [
            { area: [-5, 0, -5, 0] },
            { area: [-1, 0, -1, 0], exclusive: 'gate' },
            { area: [1, 0, 1, 0] },
            { area: [5, 0, 5, 0] },
          ],
        },
      ],
    };
    for (const movers of record(new Simulation(script, 2, 40), 40)) {
      const inside = movers.filter(({ x }) => x > -0.4 && x < 0.6);
      expect(inside.length).toBeLessThanOrEqual(1);
    }
  });
});

describe.each(Object.values(WORLDS).map((plan) => [plan.id, plan] as const))('world %s', (_id, plan) => {
  const frames = record(simulate(plan), Math.ceil(plan.durationS));

  // As text: comparing so many movers one by one takes longer than simulating them.
  const text = JSON.stringify(frames);

  it('is the same every time', () => {
    expect(JSON.stringify(record(simulate(plan), Math.ceil(plan.durationS))) === text).toBe(true);
  });

  it('depends on its seed', () => {
    const other = record(simulate({ ...plan, seed: plan.seed + 1 }), 5);
    expect(JSON.stringify(other) === JSON.stringify(frames.slice(0, other.length))).toBe(false);
  });

  it('does not depend on how often it is looked at', () => {
    const seldom = simulate(plan);
    const last = (frames.length - 1) / 10;
    for (let t = 0; t < last; t += 3.7) seldom.runTo(t);
    seldom.runTo(last);
    expect(seldom.movers).toEqual(frames.at(-1));
  });

  it('no person walks through another, no vehicle drives into an object', () => {
    const collisions: string[] = [];
    for (const [frame, movers] of frames.entries()) {
      for (const [i, a] of movers.entries())
        for (const b of movers.slice(i + 1))
          if (!(gapBetween(a, b) > -0.05)) collisions.push(`${a.id} and ${b.id} at ${frame / 10} s`);
    }
    expect(collisions).toEqual([]);
  });

  it('no person jumps or runs', () => {
    for (let i = 1; i < frames.length; i++) {
      const before = new Map(frames[i - 1]!.map((mover) => [mover.id, mover]));
      for (const mover of frames[i]!) {
        const old = before.get(mover.id);
        if (!old) continue;
        const speed = Math.hypot(mover.x - old.x, mover.z - old.z) * 10;
        expect(speed, mover.id).toBeLessThan(mover.body ? 20 : 2.6);
      }
    }
  });
});

/** Distance between two bodies on the floor; vehicles are rectangles, walkers discs. Negative: they overlap. */
function gapBetween(a: Mover, b: Mover): number {
  if (!a.body && !b.body) return Math.hypot(a.x - b.x, a.z - b.z) - 2 * BODY_RADIUS;
  const [vehicle, other] = a.body ? [a, b] : [b, a];
  const { length, width } = FOOTPRINTS[vehicle.body!];
  const dx = other.x - vehicle.x;
  const dz = other.z - vehicle.z;
  const along = Math.abs(dx * Math.sin(vehicle.heading) + dz * Math.cos(vehicle.heading)) - length / 2;
  const across = Math.abs(dx * Math.cos(vehicle.heading) - dz * Math.sin(vehicle.heading)) - width / 2;
  const [reachAlong, reachAcross] = other.body
    ? [FOOTPRINTS[other.body].length / 2, FOOTPRINTS[other.body].width / 2]
    : [BODY_RADIUS, BODY_RADIUS];
  return Math.max(along - reachAlong, across - reachAcross);
}
