/**
 * Naive surface nets (Gibson 1998) over a signed distance field: one vertex per cell that the surface crosses, moved
 * on to the surface by Newton steps, with normals from the field's gradient and ambient occlusion sampled along them.
 */
import type { Field, Vec3 } from './primitives.ts';
import { clamp } from './primitives.ts';

export interface Surface {
  /** xyz per vertex, metres */
  positions: Float32Array;
  /** unit normals, xyz per vertex */
  normals: Float32Array;
  /** 0.12 (buried) to 1 (open) per vertex */
  occlusion: Float32Array;
  /** three per triangle, counter-clockwise seen from outside */
  indices: Uint32Array;
}

export interface MeshOptions {
  /** Corner of the region with the smallest coordinates, metres. The surface should lie inside the region. */
  min: Vec3;
  max: Vec3;
  /** Edge of a grid cell, metres. */
  cell: number;
  /** How fast the field may change at most, per metre; more is safer and slower. Default 1.5. */
  lipschitz?: number;
  /** Newton steps on to the surface. Default 2. */
  steps?: number;
  /** How far occlusion looks, metres; 0 leaves it out. Default 0.12. */
  reach?: number;
}

/** Cells per edge of the blocks that are skipped when the surface is far away. */
const BLOCK = 6;
/** Pairs of cell corners (bit 0 = x, 1 = y, 2 = z) joined by the cell's twelve edges. */
const EDGES: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [0, 2],
  [1, 3],
  [4, 6],
  [5, 7],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
];

interface Grid {
  values: Float32Array;
  nx: number;
  ny: number;
  nz: number;
}

function sample(field: Field, { min, max, cell, lipschitz = 1.5 }: MeshOptions): Grid {
  const nx = Math.ceil((max[0] - min[0]) / cell) + 1;
  const ny = Math.ceil((max[1] - min[1]) / cell) + 1;
  const nz = Math.ceil((max[2] - min[2]) / cell) + 1;
  const values = new Float32Array(nx * ny * nz);
  const far = cell * BLOCK * 0.87 * lipschitz + cell * 1.5;
  for (let k0 = 0; k0 < nz; k0 += BLOCK)
    for (let j0 = 0; j0 < ny; j0 += BLOCK)
      for (let i0 = 0; i0 < nx; i0 += BLOCK) {
        const k1 = Math.min(nz, k0 + BLOCK);
        const j1 = Math.min(ny, j0 + BLOCK);
        const i1 = Math.min(nx, i0 + BLOCK);
        const middle = field(
          min[0] + (cell * (i0 + i1 - 1)) / 2,
          min[1] + (cell * (j0 + j1 - 1)) / 2,
          min[2] + (cell * (k0 + k1 - 1)) / 2,
        );
        const skip = Math.abs(middle) > far;
        for (let k = k0; k < k1; k++)
          for (let j = j0; j < j1; j++) {
            const row = (k * ny + j) * nx;
            if (skip) values.fill(middle, row + i0, row + i1);
            else
              for (let i = i0; i < i1; i++)
                values[row + i] = field(min[0] + i * cell, min[1] + j * cell, min[2] + k * cell);
          }
      }
  return { values, nx, ny, nz };
}

/** One vertex in each mixed cell, at the mean of its edge crossings; -1 where there is none. */
function place({ values, nx, ny, nz }: Grid, min: Vec3, cell: number) {
  const slab = nx * ny;
  const corner = [0, 1, nx, nx + 1, slab, slab + 1, slab + nx, slab + nx + 1];
  const vertex = new Int32Array(nx * ny * nz).fill(-1);
  const positions: number[] = [];
  for (let k = 0; k < nz - 1; k++)
    for (let j = 0; j < ny - 1; j++)
      for (let i = 0; i < nx - 1; i++) {
        const origin = k * slab + j * nx + i;
        let mask = 0;
        for (let c = 0; c < 8; c++) if (values[origin + corner[c]!]! < 0) mask |= 1 << c;
        if (mask === 0 || mask === 255) continue;
        let x = 0;
        let y = 0;
        let z = 0;
        let crossings = 0;
        for (const [a, b] of EDGES) {
          if (((mask >> a) & 1) === ((mask >> b) & 1)) continue;
          const va = values[origin + corner[a]!]!;
          const t = va / (va - values[origin + corner[b]!]!);
          x += (a & 1) + ((b & 1) - (a & 1)) * t;
          y += ((a >> 1) & 1) + (((b >> 1) & 1) - ((a >> 1) & 1)) * t;
          z += (a >> 2) + ((b >> 2) - (a >> 2)) * t;
          crossings++;
        }
        vertex[origin] = positions.length / 3;
        positions.push(
          min[0] + cell * (i + x / crossings),
          min[1] + cell * (j + y / crossings),
          min[2] + cell * (k + z / crossings),
        );
      }
  return { vertex, positions: new Float32Array(positions) };
}

/** One quad around every grid edge whose ends lie on different sides. */
function connect({ values, nx, ny, nz }: Grid, vertex: Int32Array): Uint32Array {
  const slab = nx * ny;
  const indices: number[] = [];
  const quad = (a: number, b: number, c: number, d: number, inside: boolean) => {
    if (a < 0 || b < 0 || c < 0 || d < 0) return;
    if (inside) indices.push(a, b, c, a, c, d);
    else indices.push(a, c, b, a, d, c);
  };
  for (let k = 1; k < nz - 1; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++) {
        const o = k * slab + j * nx + i;
        const inside = values[o]! < 0;
        const here = vertex[o]!;
        const left = vertex[o - 1]!;
        const below = vertex[o - nx]!;
        const behind = vertex[o - slab]!;
        if (inside !== values[o + 1]! < 0) quad(vertex[o - nx - slab]!, behind, here, below, inside);
        if (inside !== values[o + nx]! < 0) quad(vertex[o - 1 - slab]!, left, here, behind, inside);
        if (inside !== values[o + slab]! < 0) quad(vertex[o - 1 - nx]!, below, here, left, inside);
      }
  return new Uint32Array(indices);
}

/** Moves the vertices on to the surface and takes normals and occlusion there. */
function settle(field: Field, positions: Float32Array, cell: number, steps: number, reach: number) {
  const normals = new Float32Array(positions.length);
  const occlusion = new Float32Array(positions.length / 3).fill(1);
  const e = cell * 0.35;
  for (let q = 0; q < positions.length; q += 3) {
    let x = positions[q]!;
    let y = positions[q + 1]!;
    let z = positions[q + 2]!;
    let gx = 0;
    let gy = 0;
    let gz = 0;
    for (let step = 0; step <= steps; step++) {
      gx = field(x + e, y, z) - field(x - e, y, z);
      gy = field(x, y + e, z) - field(x, y - e, z);
      gz = field(x, y, z + e) - field(x, y, z - e);
      const length = Math.hypot(gx, gy, gz) || 1;
      gx /= length;
      gy /= length;
      gz /= length;
      if (step === steps) break;
      const d = clamp(field(x, y, z), -cell * 0.5, cell * 0.5) * 0.8;
      x -= gx * d;
      y -= gy * d;
      z -= gz * d;
    }
    positions.set([x, y, z], q);
    normals.set([gx, gy, gz], q);
    if (reach === 0) continue;
    let shade = 0;
    for (let s = 1, weight = 1; s <= 4; s++, weight *= 0.75) {
      const h = (reach * s) / 4;
      shade += (weight * Math.max(0, h - field(x + gx * h, y + gy * h, z + gz * h))) / h;
    }
    occlusion[q / 3] = clamp(1 - shade * 0.42, 0.12, 1);
  }
  return { normals, occlusion };
}

/** @returns the field's zero surface inside the region; empty arrays when there is none */
export function polygonise(field: Field, options: MeshOptions): Surface {
  const grid = sample(field, options);
  const { vertex, positions } = place(grid, options.min, options.cell);
  const indices = connect(grid, vertex);
  const { normals, occlusion } = settle(
    field,
    positions,
    options.cell,
    options.steps ?? 2,
    options.reach ?? 0.12,
  );
  return { positions, normals, occlusion, indices };
}

/** The surface and its image in the plane x = 0, for fields that were meshed on one side only. */
export function mirror(surface: Surface): Surface {
  const { positions, normals, occlusion, indices } = surface;
  const count = occlusion.length;
  const flip = (xyz: Float32Array) => {
    const out = new Float32Array(xyz.length * 2);
    out.set(xyz);
    out.set(xyz, xyz.length);
    for (let i = xyz.length; i < out.length; i += 3) out[i] = -out[i]!;
    return out;
  };
  const both = new Uint32Array(indices.length * 2);
  both.set(indices);
  for (let i = 0; i < indices.length; i += 3) {
    both[indices.length + i] = indices[i]! + count;
    both[indices.length + i + 1] = indices[i + 2]! + count;
    both[indices.length + i + 2] = indices[i + 1]! + count;
  }
  const shade = new Float32Array(count * 2);
  shade.set(occlusion);
  shade.set(occlusion, count);
  return { positions: flip(positions), normals: flip(normals), occlusion: shade, indices: both };
}

/** Drops the triangles that lie wholly inside `hidden` (for example under hair), and unused vertices. */
export function cull(surface: Surface, hidden: (x: number, y: number, z: number) => boolean): Surface {
  const { positions, normals, occlusion, indices } = surface;
  const gone = new Uint8Array(occlusion.length);
  for (let v = 0; v < gone.length; v++)
    gone[v] = hidden(positions[v * 3]!, positions[v * 3 + 1]!, positions[v * 3 + 2]!) ? 1 : 0;
  const moved = new Int32Array(gone.length).fill(-1);
  const kept: number[] = [];
  const out: number[] = [];
  for (let i = 0; i < indices.length; i += 3) {
    const triangle = [indices[i]!, indices[i + 1]!, indices[i + 2]!];
    if (triangle.every((v) => gone[v])) continue;
    for (const v of triangle) {
      if (moved[v]! < 0) {
        moved[v] = kept.length;
        kept.push(v);
      }
      out.push(moved[v]!);
    }
  }
  const take = (from: Float32Array, size: number) => {
    const to = new Float32Array(kept.length * size);
    kept.forEach((v, i) => to.set(from.subarray(v * size, (v + 1) * size), i * size));
    return to;
  };
  return {
    positions: take(positions, 3),
    normals: take(normals, 3),
    occlusion: take(occlusion, 1),
    indices: new Uint32Array(out),
  };
}
