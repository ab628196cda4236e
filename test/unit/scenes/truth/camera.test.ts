import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Projection, calibrationOf } from '../../../../scenes/truth/camera.ts';
import type { CameraModel } from '../../../../scenes/truth/schema.ts';

const WIDTH = 960;
const HEIGHT = 540;
const street: CameraModel = { positionM: [3, 5, 14], targetM: [0, 0.5, 0], fovDeg: 28, k1: 0 };

describe('Projection', () => {
  it.each([
    { says: 'the target is in the middle', point: [0, 0.5, 0], at: [480, 270] },
    { says: 'a point behind the lens has no place', point: [6, 9, 28], at: null },
  ] as const)('$says', ({ point, at }) => {
    const found = new Projection(street, WIDTH, HEIGHT).toPicture(point);
    if (!at) expect(found).toBeNull();
    else {
      expect(found![0]).toBeCloseTo(at[0], 6);
      expect(found![1]).toBeCloseTo(at[1], 6);
    }
  });

  it('agrees with the camera that renders', () => {
    const camera = new PerspectiveCamera(street.fovDeg, WIDTH / HEIGHT, 0.1, 500);
    camera.position.set(...street.positionM);
    camera.lookAt(...street.targetM);
    camera.updateMatrixWorld();
    const projection = new Projection(street, WIDTH, HEIGHT);
    for (const point of [
      [0, 0, 0],
      [-7, 1.7, -6],
      [5, 0.2, 6],
    ] as const) {
      const v = new Vector3(...point).project(camera);
      const [x, y] = projection.toPicture(point)!;
      expect(x).toBeCloseTo(((v.x + 1) / 2) * WIDTH, 6);
      expect(y).toBeCloseTo(((1 - v.y) / 2) * HEIGHT, 6);
    }
  });

  it.each([
    { says: 'with a perfect lens', k1: 0 },
    { says: 'with barrel distortion', k1: -0.08 },
    { says: 'with pincushion distortion', k1: 0.05 },
  ])('finds a floor point again from its pixel, $says', ({ k1 }) => {
    const projection = new Projection({ ...street, k1 }, WIDTH, HEIGHT);
    for (const [x, z] of [
      [0, 0],
      [-4, -6],
      [3, 5],
    ] as const) {
      const back = projection.toFloor(projection.toPicture([x, 0, z])!)!;
      expect(back[0]).toBeCloseTo(x, 5);
      expect(back[1]).toBeCloseTo(z, 5);
    }
  });

  it('sees no floor above the horizon', () => {
    expect(new Projection(street, WIDTH, HEIGHT).toFloor([480, -400])).toBeNull();
  });

  it('refuses to look straight down', () => {
    expect(() => new Projection({ ...street, targetM: [3, 0, 14] }, WIDTH, HEIGHT)).toThrow(RangeError);
  });

  it('measures the calibration rectangle in metres', () => {
    const { widthM, depthM, points } = calibrationOf(new Projection(street, WIDTH, HEIGHT), [
      [-1, 3],
      [3, 3],
      [3, -3],
      [-1, -3],
    ]);
    expect([widthM, depthM]).toEqual([4, 6]);
    // Near points are lower in the picture than far ones.
    expect(points[0][1]).toBeGreaterThan(points[3][1]);
  });
});
