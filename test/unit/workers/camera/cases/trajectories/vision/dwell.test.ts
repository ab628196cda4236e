import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../../workers/camera/vision/geometry/boxes.ts';
import { Area } from '../../../../../../../workers/camera/vision/geometry/polygon.ts';
import { ZoneDwell, type Stay } from '../../../../../../../workers/camera/cases/trajectories/vision/dwell.ts';

const FPS = 10;
/** 4 x 4 m. */
const ZONE = new Area('shelf', [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
]);

function follow(where: (timeS: number) => Vec, seconds: number, watched = true): Stay[] {
  const stays = new ZoneDwell([ZONE], watched);
  const over: Stay[] = [];
  for (let i = 0; i <= seconds * FPS; i++) {
    const timeS = i / FPS;
    over.push(...stays.update({ timeS, at: where(timeS), unit: 1 }));
  }
  return [...over, ...stays.finish()];
}

describe('stays in a zone', () => {
  it.each<{ says: string; where: (t: number) => Vec; seconds: number; lengths: number[] }>([
    { says: 'walking through at 1 m/s', where: (t) => [t - 2, 2], seconds: 10, lengths: [4] },
    {
      says: 'standing inside for a while',
      where: (t) => [t < 4 ? t - 2 : t < 14 ? 2 : t - 12, 2],
      seconds: 20,
      lengths: [14],
    },
    { says: 'walking along outside', where: (t) => [t - 2, -0.5], seconds: 10, lengths: [] },
    {
      says: 'swaying over the border in the dead band',
      where: (t) => [-0.1 * Math.sin(7 * t) - 0.01, 2],
      seconds: 20,
      lengths: [],
    },
    {
      says: 'stepping out for a second and back',
      where: (t) => [t > 5 && t < 6 ? -0.6 : 2, t < 1 ? -2 : 2],
      seconds: 12,
      lengths: [11],
    },
    {
      says: 'leaving for five seconds and coming back',
      where: (t) => [t > 5 && t < 10 ? -1 : 2, t < 1 ? -2 : 2],
      seconds: 15,
      lengths: [4, 5],
    },
    {
      says: 'stopping just inside the border: not deep, but long',
      where: (t) => [Math.min(0.1, t - 2), 2],
      seconds: 12,
      lengths: [10],
    },
  ])('of $says', ({ where, seconds, lengths }) => {
    const stays = follow(where, seconds);
    expect(stays.map(({ zone }) => zone)).toEqual(lengths.map(() => 'shelf'));
    lengths.forEach((length, i) => expect(stays[i]!.toS - stays[i]!.fromS).toBeCloseTo(length, 0));
  });

  it.each([
    { says: 'who was there before the camera looked', watched: false, whole: false },
    { says: 'who appeared there', watched: true, whole: true },
  ])('whole or not, of a person $says', ({ watched, whole }) => {
    expect(follow((t) => [2 + t, 2], 8, watched)).toMatchObject([{ whole, fromS: 0 }]);
  });

  it('are whole the second time, in either case', () => {
    const stays = follow((t) => [t < 3 ? 2 : t < 9 ? -2 : 2, 2], 15, false);
    expect(stays.map(({ whole }) => whole)).toEqual([false, true]);
  });

  it('are not whole when the source ends while they go on', () => {
    const stays = new ZoneDwell([ZONE], true);
    for (const [timeS, x] of [-2, 2, 2].entries()) stays.update({ timeS, at: [x, 2], unit: 1 });
    expect(stays.finish(true)).toMatchObject([{ whole: false }]);
  });

  it('know who is inside now', () => {
    const stays = new ZoneDwell([ZONE], true);
    stays.update({ timeS: 0, at: [-2, 2], unit: 1 });
    expect(stays.isInside('shelf')).toBe(false);
    stays.update({ timeS: 1, at: [2, 2], unit: 1 });
    expect([stays.isInside('shelf'), stays.isInside('till')]).toEqual([true, false]);
  });

  it('let a small zone be entered', () => {
    const small = new Area('till', [
      [0, 0],
      [0.4, 0],
      [0.4, 0.4],
      [0, 0.4],
    ]);
    const stays = new ZoneDwell([small], true);
    for (const [i, x] of [-1, 0.2, 0.2].entries()) stays.update({ timeS: i / 10, at: [x, 0.2], unit: 1 });
    expect(stays.isInside('till')).toBe(true);
  });
});
