/**
 * Plane homographies: from points of the picture to points of the ground, and back.
 *
 * Estimated by the normalised direct linear transform (Hartley & Zisserman, "Multiple View Geometry", 2nd ed. 2004,
 * algorithm 4.2): both point sets are moved to their centroid and scaled to a mean distance of sqrt 2, and the least
 * squares solution is the eigenvector of the smallest eigenvalue of A^T A.
 */
import type { Vec } from './boxes.ts';

/** Row by row, 3 x 3. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

export class Homography {
  /** Takes points of the second plane back to the first. */
  readonly inverse: Matrix3;

  /** @throws {RangeError} when the matrix has no inverse */
  constructor(readonly matrix: Matrix3) {
    const inverse = invert(matrix);
    if (!inverse) throw new RangeError('The homography has no inverse.');
    this.inverse = inverse;
  }

  /** Maps a point of the first plane to the second; undefined on or beyond the horizon, where there is no ground. */
  apply(p: Vec): Vec | undefined {
    return project(this.matrix, p);
  }

  /** Maps a point of the second plane to the first. */
  unapply(p: Vec): Vec | undefined {
    return project(this.inverse, p);
  }
}

/**
 * The homography from `from` to `to`: exact for four points, with least algebraic error for more. Its sign places the
 * calibration points before the horizon, which identifies points behind it.
 *
 * @returns undefined when the points do not determine it: fewer than four, three of four on one line, or points that
 *   coincide
 * @throws {RangeError} when the two lists differ in length
 */
export function fitHomography(from: readonly Vec[], to: readonly Vec[]): Homography | undefined {
  if (from.length !== to.length) throw new RangeError(`${from.length} points against ${to.length}.`);
  if (from.length < 4) return undefined;
  const a = normalise(from);
  const b = normalise(to);
  if (!a || !b) return undefined;
  const normal = new Float64Array(81);
  for (let i = 0; i < from.length; i++) {
    const [x, y] = a.points[i]!;
    const [u, v] = b.points[i]!;
    accumulate(normal, [0, 0, 0, -x, -y, -1, v * x, v * y, v]);
    accumulate(normal, [x, y, 1, 0, 0, 0, -u * x, -u * y, -u]);
  }
  const { values, vectors } = symmetricEigen(normal, 9);
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  // A second eigenvalue near zero means a whole family of solutions: the points are degenerate.
  if (values[order[1]!]! < DEGENERATE * values[order[8]!]!) return undefined;
  const h = Array.from({ length: 9 }, (_, k) => vectors[k * 9 + order[0]!]!) as unknown as Matrix3;
  const toBack = invert(b.transform)!;
  const matrix = multiply(toBack, multiply(h, a.transform));
  // The scale is free: make the calibration points lie at positive depth.
  const depths = from.map(([x, y]) => matrix[6] * x + matrix[7] * y + matrix[8]);
  const sign = depths[0]! < 0 ? -1 : 1;
  if (depths.some((d) => d * sign <= 0)) return undefined;
  const norm = sign / Math.hypot(...matrix);
  const scaled = matrix.map((m) => m * norm) as unknown as Matrix3;
  return invert(scaled) ? new Homography(scaled) : undefined;
}

/** Ratio of eigenvalues below which the normalised problem has no unique solution. */
const DEGENERATE = 1e-9;

function normalise(points: readonly Vec[]): { points: Vec[]; transform: Matrix3 } | undefined {
  const n = points.length;
  const cx = points.reduce((sum, p) => sum + p[0], 0) / n;
  const cy = points.reduce((sum, p) => sum + p[1], 0) / n;
  const spread = points.reduce((sum, p) => sum + Math.hypot(p[0] - cx, p[1] - cy), 0) / n;
  if (!(spread > 0 && Number.isFinite(spread))) return undefined;
  const s = Math.SQRT2 / spread;
  return {
    points: points.map((p): Vec => [(p[0] - cx) * s, (p[1] - cy) * s]),
    transform: [s, 0, -s * cx, 0, s, -s * cy, 0, 0, 1],
  };
}

function accumulate(normal: Float64Array, row: readonly number[]): void {
  for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) normal[i * 9 + j]! += row[i]! * row[j]!;
}

function project(m: Matrix3, [x, y]: Vec): Vec | undefined {
  const w = m[6] * x + m[7] * y + m[8];
  return w > 1e-12 ? [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w] : undefined;
}

/** The matrix product a b: what b does first, and a then. */
export function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const out: number[] = [];
  for (let r = 0; r < 3; r++) {
    for (let c = 0; c < 3; c++) {
      out.push(a[r * 3]! * b[c]! + a[r * 3 + 1]! * b[3 + c]! + a[r * 3 + 2]! * b[6 + c]!);
    }
  }
  return out as unknown as Matrix3;
}

/** @returns undefined when there is none */
export function invert([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 | undefined {
  const co = [e * i - f * h, c * h - b * i, b * f - c * e] as const;
  const det = a * co[0] + d * co[1] + g * co[2];
  const scale = Math.max(...[a, b, c, d, e, f, g, h, i].map(Math.abs));
  if (!(Math.abs(det) > 1e-15 * scale ** 3)) return undefined;
  const k = 1 / det;
  return [
    co[0] * k,
    co[1] * k,
    co[2] * k,
    (f * g - d * i) * k,
    (a * i - c * g) * k,
    (c * d - a * f) * k,
    (d * h - e * g) * k,
    (b * g - a * h) * k,
    (a * e - b * d) * k,
  ];
}

/**
 * Eigenvalues and eigenvectors of a symmetric n x n matrix by cyclic Jacobi rotations (Golub & Van Loan, "Matrix
 * Computations", 8.5). Column k of `vectors` belongs to `values[k]`.
 * @param n number of rows, @param matrix row by row
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    let all = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        all += a[i * n + j]! ** 2;
        if (i !== j) off += a[i * n + j]! ** 2;
      }
    }
    if (off <= 1e-30 * all) break;
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors: v };
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p]!;
    const kq = a[k * n + q]!;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k]!;
    const qk = a[q * n + k]!;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
  }
  for (let k = 0; k < n; k++) {
    const kp = v[k * n + p]!;
    const kq = v[k * n + q]!;
    v[k * n + p] = c * kp - s * kq;
    v[k * n + q] = s * kp + c * kq;
  }
}
