import { describe, expect, it } from 'vitest';
import type { Vec } from '../../../../../../../workers/camera/vision/geometry/boxes.ts';
import type { Box } from '../../../../../../../workers/camera/vision/geometry/detection.ts';
import {
  GroundFloor,
  pictureFloor,
  Stature,
} from '../../../../../../../workers/camera/cases/trajectories/vision/ground-position.ts';
import { Ground } from '../../../../../../../workers/camera/vision/geometry/ground.ts';
import { cutOf } from '../../../../../../../workers/camera/vision/tracking/track.ts';

/** A shop camera 3 m above the floor, looking along +y, tilted down by 20 degrees; 960 x 540, 520 px focal length. */
const picture = { width: 960, height: 540 };
const [F, H] = [520, 3];
const [S, C] = [Math.sin((20 * Math.PI) / 180), Math.cos((20 * Math.PI) / 180)];
function see(x: number, y: number, z = 0): Vec {
  const depth = y * C - (z - H) * S;
  const down = -(z - H) * C - y * S;
  return [480 + (F * x) / depth, 270 + (F * down) / depth];
}
const corners = [see(-2, 4), see(2, 4), see(2, 8), see(-2, 8)] as [Vec, Vec, Vec, Vec];
const ground = Ground.fromRectangle(corners, 4, 4, picture)!;
const floor = new GroundFloor(ground);
/** In the calibration's coordinates, whose origin is the near left corner. */
const onFloor = (x: number, y: number): Vec => [x + 2, y - 4];
const off = (a: Vec, b: Vec) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The box of a person; what is below `hiddenM` above the floor is hidden. */
function person(x: number, y: number, tall = 1.65, hiddenM = 0): Box {
  const [foot, top] = [see(x, y, hiddenM), see(x, y, tall)];
  const half = (see(x, y)[1] - top[1]) * 0.17;
  return [top[0] - half, top[1], top[0] + half, Math.min(picture.height, foot[1])];
}
const seen = (box: Box) => ({ observed: box, cut: cutOf(box, picture) });

describe('the place below a point', () => {
  it.each([0, 0.8, 1.65])('is found from %s m above it', (z) => {
    for (const [x, y] of [
      [0, 5],
      [-1.5, 9],
      [2, 3.5],
    ] as const) {
      expect(off(ground.locateBelow(see(x, y, z), z)!, onFloor(x, y))).toBeLessThan(1e-6);
    }
  });

  it('is nowhere above the horizon of its plane', () => {
    expect(ground.locateBelow([480, 0], 1.65)).toBeUndefined();
    expect(ground.locateBelow([480, 20], 0)).toBeUndefined();
  });
});

describe('where a person stands', () => {
  it.each([
    { says: 'in full view', box: person(0, 6), at: onFloor(0, 6), within: 0.02 },
    { says: 'a child in full view', box: person(1, 5, 1.15), at: onFloor(1, 5), within: 0.1 },
    {
      says: 'behind a shelf that hides the lower half',
      box: person(-1, 7, 1.65, 0.9),
      at: onFloor(-1, 7),
      within: 0.2,
    },
    { says: 'cut off by the lower border', box: person(0.5, 2.2), at: onFloor(0.5, 2.2), within: 0.2 },
  ])('is known $says', ({ box, at, within }) => {
    const placed = floor.place(seen(box), new Stature())!;
    expect(off(placed.at, at)).toBeLessThan(within);
    expect(placed.unit).toBe(1);
  });

  it('is known by the own height of a person in full view before', () => {
    const stature = new Stature();
    for (let i = 0; i < 10; i++) floor.place(seen(person(0, 5 + i / 10, 1.9)), stature);
    expect(stature.known).toBeCloseTo(1.9, 2);
    const placed = floor.place(seen(person(0, 7, 1.9, 0.8)), stature)!;
    expect(off(placed.at, onFloor(0, 7))).toBeLessThan(0.02);
  });

  it('errs more in depth than sideways, and more far away than near', () => {
    const [near, far] = [4, 9].map((y) => floor.place(seen(person(0, y)), new Stature())!.sd) as [Vec, Vec];
    expect(near[1]).toBeGreaterThan(near[0]);
    expect(far[1]).toBeGreaterThan(near[1]);
  });

  it.each([
    { says: 'so far away that it errs by more than a metre', box: person(0, 60) },
    { says: 'above the horizon', box: [400, 10, 420, 40] as Box },
    {
      says: 'cut off above and below',
      box: [400, 0, 560, 540] as Box,
    },
  ])('is not known $says', ({ box }) => {
    expect(floor.place(seen(box), new Stature())).toBeUndefined();
  });

  it('can be measured near, and not at the horizon', () => {
    expect([floor.measurable(see(0, 5)), floor.measurable([480, 90])]).toEqual([true, false]);
  });

  it('is the foot in the picture where there are no metres', () => {
    const placed = pictureFloor.place(seen([100, 100, 140, 262]), new Stature())!;
    expect(placed.at).toEqual([120, 262]);
    expect(placed.unit).toBeCloseTo(100, 6);
  });
});
