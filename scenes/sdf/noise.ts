/** Lattice value noise, fixed for all time: the same point gives the same value on every machine. */
import { lerp } from './primitives.ts';

function lattice(x: number, y: number, z: number): number {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(z, 1440662683)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h ^= h >>> 16;
  return (h >>> 0) / 4294967296;
}

/** @returns smooth noise in [-1, 1] with features of about one unit */
export function noise(x: number, y: number, z: number): number {
  const i = Math.floor(x);
  const j = Math.floor(y);
  const k = Math.floor(z);
  let u = x - i;
  let v = y - j;
  let w = z - k;
  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  w = w * w * (3 - 2 * w);
  const near = lerp(
    lerp(lattice(i, j, k), lattice(i + 1, j, k), u),
    lerp(lattice(i, j + 1, k), lattice(i + 1, j + 1, k), u),
    v,
  );
  const far = lerp(
    lerp(lattice(i, j, k + 1), lattice(i + 1, j, k + 1), u),
    lerp(lattice(i, j + 1, k + 1), lattice(i + 1, j + 1, k + 1), u),
    v,
  );
  return lerp(near, far, w) * 2 - 1;
}

/** Soft ridges with narrow valleys, as cloth folds: in [-1, 1], mean near 0. */
export function ridges(x: number, y: number, z: number): number {
  return 1 - 2 * Math.sqrt(Math.abs(noise(x, y, z)) + 0.02);
}
