/**
 * Measurements on the ground: position, speed and height of objects.
 *
 * Four points of a rectangle on the ground give the homography between picture and ground. Heights above the ground
 * need the camera as well: with square pixels and the principal point in the middle of the picture, the only unknown
 * is the focal length, and the rectangle's right angles and equal units give it (Hartley & Zisserman 2004, 8.6 and
 * example 8.18; Zhang, PAMI 2000, section 3.1; Criminisi, Reid & Zisserman, "Single View Metrology", IJCV 2000).
 *
 * Limits: the ground is a plane; the lens does not distort; a cropped picture shifts the principal point. A camera that
 * looks straight down sees no perspective, so its focal length cannot be found: there are positions and speeds, but no
 * heights.
 */
import { groundPointOf, type Vec } from './boxes.ts';
import type { Box } from './detection.ts';
import { fitHomography, type Homography } from './homography.ts';
import type { PictureSize } from '../tracking/track.ts';

type Vec3 = readonly [number, number, number];

/** A plausible lens: focal length between these multiples of the picture's longer side (10 to 150 degrees of view). */
const FOCAL_RANGE = [0.13, 6] as const;

/** The camera over its ground. Columns of [X Y Z 1] -> homogeneous picture point, centred on the principal point. */
interface Projection {
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
  readonly origin: Vec3;
}

export class Ground {
  readonly #projection: Projection | undefined;
  /** Focal length in pixels, where it is known. */
  readonly focal: number | undefined;
  readonly #toMetres: Homography;
  readonly #picture: PictureSize;

  private constructor(toMetres: Homography, picture: PictureSize) {
    this.#toMetres = toMetres;
    this.#picture = picture;

    const camera = recover(toMetres, picture);
    this.#projection = camera?.projection;
    this.focal = camera?.focal;
  }

  /**
   * @param corners of a rectangle on the ground, in pixels: near left, near right, far right, far left
   * @param widthM near left to near right, metres
   * @param depthM near right to far right, metres
   * @returns undefined when the corners do not determine a plane: three on one line, or not in cyclic order
   */
  static fromRectangle(
    corners: readonly [Vec, Vec, Vec, Vec],
    widthM: number,
    depthM: number,
    picture: PictureSize,
  ): Ground | undefined {
    const metres: Vec[] = [
      [0, 0],
      [widthM, 0],
      [widthM, depthM],
      [0, depthM],
    ];
    return Ground.fromPoints(corners, metres, picture);
  }

  /**
   * The same from four or more points with known positions on the ground, in metres; least squares.
   * @returns undefined when they do not determine a plane
   */
  static fromPoints(
    pixels: readonly Vec[],
    metres: readonly Vec[],
    picture: PictureSize,
  ): Ground | undefined {
    const homography = fitHomography(pixels, metres);
    return homography && new Ground(homography, picture);
  }

  /** The ground point at a pixel, metres; undefined at and above the horizon. */
  locate(pixel: Vec): Vec | undefined {
    return this.#toMetres.apply(pixel);
  }

  /**
   * The ground point below an object at a pixel and at a given height above the ground.
   * @returns metres; undefined where it cannot be known (no focal length, at or above that plane's horizon)
   */
  locateBelow([u, v]: Vec, heightM: number): Vec | undefined {
    if (!this.#projection) return undefined;
    const { x, y, z, origin } = this.#projection;
    const centred = [u - this.#picture.width / 2, v - this.#picture.height / 2] as const;
    // Two equations, one for each coordinate of the pixel, linear in the position: a X + b Y + c = 0.
    const [p, q] = centred.map((w, k) => {
      const of = (column: Vec3) => column[k]! - w * column[2];
      return [of(x), of(y), of(origin) + heightM * of(z)] as const;
    }) as [Vec3, Vec3];
    const det = p[0] * q[1] - p[1] * q[0];
    const at: Vec = [(p[1] * q[2] - p[2] * q[1]) / det, (p[2] * q[0] - p[0] * q[2]) / det];
    const depth = x[2] * at[0] + y[2] * at[1] + origin[2] + heightM * z[2];
    const before = origin[2] + x[2] * at[0] + y[2] * at[1];
    return Number.isFinite(det) && det !== 0 && depth * before > 0 && before > 0 ? at : undefined;
  }

  /** The pixel of a ground point. */
  show(metres: Vec): Vec | undefined {
    return this.#toMetres.unapply(metres);
  }

  /**
   * Height in the picture of an object that stands on the ground at a pixel.
   * @returns pixels; undefined where it cannot be known (no focal length, at or above the horizon)
   */
  shownHeight(pixel: Vec, heightM: number): number | undefined {
    const foot = this.locate(pixel);
    if (!foot || !this.#projection) return undefined;
    const { x, y, z, origin } = this.#projection;
    const at = (k: 1 | 2) => x[k] * foot[0] + y[k] * foot[1] + origin[k] + heightM * z[k];
    const height = pixel[1] - (at(1) / at(2) + this.#picture.height / 2);
    return Number.isFinite(height) && height > 0 ? height : undefined;
  }

  /**
   * Height of an object that stands on the ground at the middle of its box's lower edge and reaches to the upper edge.
   * @returns metres; undefined where it cannot be known (no focal length, foot above the horizon)
   */
  heightOf(box: Box): number | undefined {
    const foot = this.locate(groundPointOf(box));
    if (!foot || !this.#projection) return undefined;
    const { x, y, z, origin } = this.#projection;
    const at = (k: 0 | 1 | 2) => x[k] * foot[0] + y[k] * foot[1] + origin[k];
    const top = box[1] - this.#picture.height / 2;
    // Row of the top: (at(1) + Z z1) / (at(2) + Z z2) = top.
    const height = (top * at(2) - at(1)) / (z[1] - top * z[2]);
    return Number.isFinite(height) && height > 0 ? height : undefined;
  }
}

/** The camera from the ground's homography; undefined when the focal length cannot be found. */
function recover(
  toMetres: Homography,
  { width, height }: PictureSize,
): { projection: Projection; focal: number } | undefined {
  // Ground -> picture with the principal point at the origin: the columns are f r1, f r2, f t, up to one scale.
  const m = toMetres.inverse;
  const column = (k: 0 | 1 | 2): Vec3 => [
    m[k] - (width / 2) * m[6 + k]!,
    m[3 + k]! - (height / 2) * m[6 + k]!,
    m[6 + k]!,
  ];
  const [a, b, c] = [column(0), column(1), column(2)];
  // r1 . r2 = 0 and |r1| = |r2|, each linear in s = 1 / f^2: u s + v = 0.
  const u = [a[0] * b[0] + a[1] * b[1], a[0] ** 2 + a[1] ** 2 - b[0] ** 2 - b[1] ** 2] as const;
  const v = [a[2] * b[2], a[2] ** 2 - b[2] ** 2] as const;
  const s = -(u[0] * v[0] + u[1] * v[1]) / (u[0] ** 2 + u[1] ** 2);
  if (!(s > 0 && Number.isFinite(s))) return undefined;
  const focal = 1 / Math.sqrt(s);
  const longer = Math.max(width, height);
  if (focal < FOCAL_RANGE[0] * longer || focal > FOCAL_RANGE[1] * longer) return undefined;
  const inCamera = ([x, y, z]: Vec3): Vec3 => [x / focal, y / focal, z];
  const r1 = inCamera(a);
  const r2 = inCamera(b);
  const t = inCamera(c);
  const scale = Math.sqrt(Math.hypot(...r1) * Math.hypot(...r2));
  const normal = cross(r1, r2);
  // The camera is above the ground: its height along the normal is -normal . t.
  const sign = dot(normal, t) < 0 ? 1 : -1;
  const up = normal.map((n) => (sign * n) / scale) as unknown as Vec3;
  return {
    focal,
    projection: { x: a, y: b, z: [up[0] * focal, up[1] * focal, up[2]], origin: c },
  };
}

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
