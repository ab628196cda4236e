/**
 * The synthetic camera's projection, kept apart from the renderer so that truth can be computed and checked without
 * a GPU. Pinhole model (Hartley & Zisserman, Multiple View Geometry, 2nd ed., ch. 6) with one radial term
 * (Brown-Conrady): a ray at undistorted radius r, in half picture heights, lands at r (1 + k1 r^2).
 */
import type { Calibration, CameraModel, PicturePoint } from './schema.ts';

export type Vec3 = readonly [number, number, number];
export type Vec2 = readonly [number, number];

const sub = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vec3): Vec3 => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Least distance in front of the lens, in metres, at which a point still has a place in the picture. */
const NEAR = 0.05;

export class Projection {
  readonly #forward: Vec3;
  readonly #right: Vec3;
  readonly #up: Vec3;
  /** Half picture heights per unit of tan(angle). */
  readonly #scale: number;

  /**
   * @param camera position and target must differ and not lie on one vertical
   * @param width picture width in pixels
   * @param height picture height in pixels
   */
  constructor(
    readonly camera: CameraModel,
    readonly width: number,
    readonly height: number,
  ) {
    this.#forward = unit(sub(camera.targetM, camera.positionM));
    const right = cross(this.#forward, [0, 1, 0]);
    if (Math.hypot(...right) < 1e-6) throw new RangeError('The camera must not look straight up or down.');
    this.#right = unit(right);
    this.#up = cross(this.#right, this.#forward);
    this.#scale = 1 / Math.tan((camera.fovDeg * Math.PI) / 360);
  }

  /** Where a point of the world is in the picture, in pixels; null behind the lens. */
  toPicture(point: Vec3): Vec2 | null {
    const d = sub(point, this.camera.positionM);
    const depth = dot(d, this.#forward);
    if (depth < NEAR) return null;
    const x = (this.#scale * dot(d, this.#right)) / depth;
    const y = (this.#scale * dot(d, this.#up)) / depth;
    const k = 1 + this.camera.k1 * (x * x + y * y);
    return [this.width / 2 + (x * k * this.height) / 2, this.height / 2 - (y * k * this.height) / 2];
  }

  /** Where the ray through a pixel meets the floor, [x, z] in metres; null at or above the horizon. */
  toFloor([px, py]: Vec2): Vec2 | null {
    const dx = (px - this.width / 2) / (this.height / 2);
    const dy = (this.height / 2 - py) / (this.height / 2);
    const k = this.#undistort(Math.hypot(dx, dy));
    const x = (dx * k) / this.#scale;
    const y = (dy * k) / this.#scale;
    const ray = [0, 1, 2].map(
      (i) => this.#forward[i as 0] + this.#right[i as 0] * x + this.#up[i as 0] * y,
    ) as unknown as Vec3;
    const [cx, cy, cz] = this.camera.positionM;
    if (ray[1] >= -1e-9) return null;
    const t = -cy / ray[1];
    return [cx + ray[0] * t, cz + ray[2] * t];
  }

  /** A point of the floor as fractions of the picture's sides. */
  floorFraction([x, z]: Vec2, y = 0): PicturePoint {
    const p = this.toPicture([x, y, z]);
    if (!p) throw new RangeError(`Floor point ${x}, ${z} is behind the camera.`);
    return [p[0] / this.width, p[1] / this.height];
  }

  /** The ratio undistorted / distorted radius, by fixed-point iteration on r = d / (1 + k1 r^2). */
  #undistort(distorted: number): number {
    const { k1 } = this.camera;
    if (k1 === 0 || distorted === 0) return 1;
    let r = distorted;
    for (let i = 0; i < 20; i++) r = distorted / (1 + k1 * r * r);
    return r / distorted;
  }
}

/** The picture's view of a rectangle on the floor: near left, near right, far right, far left. */
export function calibrationOf(
  projection: Projection,
  corners: readonly [Vec2, Vec2, Vec2, Vec2],
): Calibration {
  const [nearLeft, nearRight, , farLeft] = corners;
  const points = corners.map((c) => roundPoint(projection.floorFraction(c))) as Calibration['points'];
  return {
    points,
    widthM: Math.hypot(nearRight[0] - nearLeft[0], nearRight[1] - nearLeft[1]),
    depthM: Math.hypot(farLeft[0] - nearLeft[0], farLeft[1] - nearLeft[1]),
  };
}

/** Fractions to four decimals: a tenth of a pixel at 1000 pixels. */
export const roundPoint = ([x, y]: readonly [number, number]): PicturePoint => [
  Math.round(x * 1e4) / 1e4,
  Math.round(y * 1e4) / 1e4,
];
