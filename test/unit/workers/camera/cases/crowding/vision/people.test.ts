import { describe, expect, it } from 'vitest';
import { PaceMeter } from '../../../../../../../workers/camera/cases/crowding/vision/pace.ts';
import {
  PersonScale,
  USUAL_HEIGHT_M,
} from '../../../../../../../workers/camera/cases/crowding/vision/person-scale.ts';
import { Ground } from '../../../../../../../workers/camera/vision/geometry/ground.ts';
import { UNCUT, type TrackedObject } from '../../../../../../../workers/camera/vision/tracking/track.ts';
import { person as seen } from '../../../vision/tracks.ts';

const PICTURE = { width: 640, height: 360 };

/** A person of this height, with the feet at (x, y). */
const person = (id: number, x: number, y: number, height: number, part: Partial<TrackedObject> = {}) =>
  seen(id, [x - height / 5, y - height, x + height / 5, y], 0, part);

/** A camera 4 m above a floor, looking 25 degrees down, focal length 500 pixels. */
function station() {
  const [height, tilt, focal] = [4, (25 * Math.PI) / 180, 500];
  const project = (x: number, z: number, up = 0): [number, number] => {
    const down = height - up;
    const depth = z * Math.cos(tilt) + down * Math.sin(tilt);
    const rise = down * Math.cos(tilt) - z * Math.sin(tilt);
    return [320 + (focal * x) / depth, 180 + (focal * rise) / depth];
  };
  const corners = [project(-2, 6), project(2, 6), project(2, 12), project(-2, 12)] as const;
  return { project, ground: Ground.fromRectangle(corners, 4, 6, PICTURE)! };
}

describe('how tall people look', () => {
  it('follows from a calibrated floor, near and far', () => {
    const { project, ground } = station();
    const scale = new PersonScale(PICTURE, ground);
    for (const z of [5, 8, 14]) {
      const foot = project(1, z);
      const crown = project(1, z, USUAL_HEIGHT_M);
      expect(scale.heightAt(foot)).toBeCloseTo(foot[1] - crown[1], 0);
    }
  });

  it('is learnt from those who were seen, in spite of a few who are no people', () => {
    const scale = new PersonScale(PICTURE);
    expect(scale.heightAt([320, 200])).toBeUndefined();
    for (let i = 0; i < 60; i++) {
      const y = 120 + ((i * 37) % 200);
      const height = i % 6 === 0 ? 12 : 0.4 * (y - 60);
      scale.learn([person(i, 300, y, height)]);
    }
    expect(scale.heightAt([0, 160])).toBeCloseTo(40, -0.5);
    expect(scale.heightAt([0, 310])).toBeCloseTo(100, -0.5);
    // No person stands above the horizon.
    expect(scale.heightAt([0, 10])).toBeUndefined();
  });

  it.each([
    { says: 'a person who stands there', height: 42, fits: true },
    { says: 'a child', height: 24, fits: true },
    { says: 'a traffic cone', height: 12, fits: false },
    { says: 'a pillar', height: 90, fits: false },
  ])('tells whether a box could be a person: $says', ({ height, fits }) => {
    const scale = new PersonScale(PICTURE);
    expect(scale.fits([0, 0, 5, 9]), 'nothing is known at first').toBe(true);
    for (let i = 0; i < 60; i++) {
      const y = 120 + ((i * 37) % 200);
      scale.learn([person(i, 300, y, 0.4 * (y - 60))]);
    }
    expect(scale.fits([300, 160 - height, 310, 160])).toBe(fits);
    expect(scale.fits([300, 352, 310, 360]), 'cut off by the border').toBe(true);
  });

  it.each([
    { says: 'faint ones', part: { score: 0.2 } },
    { says: 'unconfirmed ones', part: { confirmed: false } },
    { says: 'lost ones', part: { lost: true } },
    { says: 'those whom the border cuts off', part: { cut: { ...UNCUT, bottom: true } } },
  ])('learns nothing from $says', ({ part }) => {
    const scale = new PersonScale(PICTURE);
    for (let i = 0; i < 60; i++) scale.learn([person(i, 300, 120 + ((i * 37) % 200), 40, part)]);
    expect(scale.heightAt([300, 200])).toBeUndefined();
  });
});

describe('who walks', () => {
  const FPS = 10;

  it.each([
    { says: 'stands, and shifts their weight', mps: 0, sway: 0.08, moving: false },
    { says: 'strolls', mps: 0.8, sway: 0, moving: true },
    { says: 'hurries', mps: 1.8, sway: 0, moving: true },
  ])('on a calibrated floor: a person who $says', ({ mps, sway, moving }) => {
    const { project, ground } = station();
    const pace = new PaceMeter(ground);
    for (let i = 0; i < 30; i++) {
      const [x, y] = project(-1 + (mps * i) / FPS + sway * Math.sin(i), 9);
      pace.update([person(1, x, y, 70)], i / FPS);
    }
    expect(pace.of(1)?.moving).toBe(moving);
    if (moving) expect(pace.of(1)!.velocity[0]).toBeGreaterThan(0);
  });

  it('by body heights where nothing is calibrated', () => {
    const pace = new PaceMeter();
    for (let i = 0; i < 30; i++) {
      pace.update([person(1, 100 + (i * 60) / FPS, 200, 80), person(2, 400 + (i % 2), 200, 80)], i / FPS);
    }
    expect(pace.of(1)?.moving).toBe(true);
    expect(pace.of(2)?.moving).toBe(false);
  });

  it('keeps the state of a hidden person, and forgets one who has gone', () => {
    const pace = new PaceMeter();
    for (let i = 0; i < 20; i++) pace.update([person(1, 100 + 8 * i, 200, 80)], i / FPS);
    pace.update([person(1, 0, 0, 80, { lost: true })], 2.1);
    expect(pace.of(1)?.moving).toBe(true);
    pace.update([], 2.2);
    expect(pace.of(1)).toBeUndefined();
  });
});
