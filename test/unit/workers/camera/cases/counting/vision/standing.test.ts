/** A changing box is not motion; and a line does not forget who stands on it. */
import { describe, expect, it } from 'vitest';
import { LineCounter } from '../../../../../../../workers/camera/cases/counting/vision/lines.ts';
import { ZoneCounter } from '../../../../../../../workers/camera/cases/counting/vision/zones.ts';
import { Tracker } from '../../../../../../../workers/camera/vision/tracking/tracker.ts';
import type { TrackedObject } from '../../../../../../../workers/camera/vision/tracking/track.ts';
import { normal, random } from '../../../vision/rng.ts';
import { person, track } from '../../../vision/tracks.ts';
import { PICTURE } from '../../../vision/world.ts';
import { middle, X } from './crossings.ts';
import { KINDS, stander } from './standing.ts';

const MINUTE_S = 60;

/** Crossings and entries that a minute of frames gives rise to. */
function counted(fps: number, at: (timeS: number) => readonly TrackedObject[], anchor: 'centre' | 'ground') {
  const lines = new LineCounter([middle], { picture: PICTURE, anchor });
  const right = [
    [0.5, 0],
    [1, 0],
    [1, 1],
    [0.5, 1],
  ] as const;
  const zones = new ZoneCounter([{ id: 'right', points: right }], { picture: PICTURE, anchor });
  let crossings = 0;
  for (let frame = 0; frame <= MINUTE_S * fps; frame++) {
    const timeS = frame / fps;
    const objects = at(timeS);
    crossings += lines.update(objects, timeS).length;
    zones.update(objects, timeS);
  }
  zones.finish();
  const [{ entered }] = zones.state() as [ReturnType<typeof zones.state>[number]];
  return { crossings: crossings + lines.finish().length, entries: entered.pedestrian ?? 0 };
}

describe('what stands on a line or on the edge of a zone, for a minute,', () => {
  const cases = KINDS.flatMap((kind) =>
    (kind === 'covered' ? [0] : [0.05, 0.1, 0.15, 0.2]).map((amount) => ({ kind, amount })),
  );

  it.each(cases)(
    'is none, seen with $kind of $amount of its size, in 12 sizes and places',
    ({ kind, amount }) => {
      for (let seed = 1; seed <= 12; seed++) {
        const sight = stander(kind, amount, seed);
        const anchor = seed % 2 ? 'centre' : 'ground';
        const found = counted(10, (timeS) => [person(1, sight(timeS), timeS)], anchor);
        expect({ seed, ...found }).toEqual({ seed, crossings: 0, entries: 0 });
      }
    },
  );

  it.each([10, 25])('is no crossing as it is tracked at %i frames a second, up to .15 of its size', (fps) => {
    for (const kind of ['edges', 'whole', 'breath'] as const) {
      for (let seed = 1; seed <= 6; seed++) {
        const sight = stander(kind, 0.05 * (1 + (seed % 3)), seed);
        const tracker = new Tracker({ picture: PICTURE });
        const seen = (timeS: number) =>
          tracker.update([{ box: sight(timeS), label: 'person', score: 0.6 }], timeS);
        expect({ kind, seed, crossings: counted(fps, seen, 'centre').crossings }).toEqual({
          kind,
          seed,
          crossings: 0,
        });
      }
    }
  });
});

describe('somebody steps over the line, stands just past it under a new id, and walks on', () => {
  it.each([
    { says: 'with tracks given by hand', tracked: false },
    { says: 'as the tracker has it', tracked: true },
  ])('is one, however he trembled and for how long he was unseen: $says', ({ tracked }) => {
    for (let seed = 1; seed <= 60; seed++) {
      const next = random(seed);
      const fps = 10;
      const speed = 40 + 60 * next();
      const place = X + 3 + 3 * next();
      const stopsS = (place - 150) / speed;
      const hidesS = stopsS + 1 + 3 * next();
      const showsS = hidesS + 0.3 + 0.9 * next();
      const goesS = showsS + 1 + 2 * next();
      const lines = new LineCounter([middle], { picture: PICTURE });
      const tracker = new Tracker({ picture: PICTURE });
      const directions: string[] = [];
      for (let frame = 0; frame / fps < goesS + 3; frame++) {
        const timeS = frame / fps;
        const stands = timeS >= stopsS && timeS < goesS;
        const hidden = timeS >= hidesS && timeS < showsS;
        const x =
          (timeS < stopsS ? 150 + speed * timeS : place + (timeS < goesS ? 0 : speed * (timeS - goesS))) +
          normal(next);
        // At rest the velocity is anything, and backwards as often as not.
        const vx = stands ? 10 * (next() - 0.6) : speed;
        const by = { id: timeS < showsS ? 1 : 2, x, y: 180 + normal(next), vx };
        const { box } = track(timeS, by);
        const objects = hidden ? [] : [track(timeS, by)];
        const found = hidden ? [] : [{ box, label: 'person', score: 0.6 }];
        const given = lines.update(tracked ? tracker.update(found, timeS) : objects, timeS);
        directions.push(...given.map(({ direction }) => direction));
      }
      directions.push(...lines.finish().map(({ direction }) => direction));
      expect({ seed, directions }).toEqual({ seed, directions: ['backward'] });
    }
  });
});

it('whoever walks over it is one, whatever his box does and his ids do', () => {
  let lost = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const next = random(seed);
    const fps = [5, 10, 15, 25][seed % 4]!;
    const [speed, jitter] = [30 + 110 * next(), 0.1 * next()];
    const lines = new LineCounter([middle], { picture: PICTURE });
    const directions: string[] = [];
    let id = 1;
    for (let frame = 0; frame / fps < 400 / speed; frame++) {
      const timeS = frame / fps;
      if (next() < 0.04) id++;
      const shake = () => jitter * 49 * normal(next);
      const x = 120 + speed * timeS;
      const box = [x - 15 + shake(), 140 + shake(), x + 15 + shake(), 220 + shake()] as const;
      const seen = person(id, box, timeS, { velocity: [speed * (0.8 + 0.4 * next()), 0] });
      directions.push(...lines.update([seen], timeS).map(({ direction }) => direction));
    }
    directions.push(...lines.finish().map(({ direction }) => direction));
    expect(directions.length, `seed ${seed}`).toBeLessThanOrEqual(1);
    if (directions.length === 0) lost++;
  }
  expect(lost).toBe(0);
});
