/**
 * Occlusion without rendering: silhouettes as convex hulls on a coarse grid, nearest first, against the depth of the
 * set where that is known. Good to a cell (a 240th of the picture's width); hollows between legs count as body.
 */
import { boxAround, clip } from '../truth/boxes.ts';
import type { Vec2 } from '../truth/camera.ts';
import type { Box } from '../truth/schema.ts';

export const GRID_WIDTH = 240;
export const GRID_HEIGHT = 135;

/** Difference in depth from which a part of the set occludes a body, metres. */
const IN_FRONT_M = 0.5;

export interface Silhouette {
  readonly id: string;
  /** Projected outermost points in pixels. */
  readonly points: readonly Vec2[];
  /** Of its middle, along the camera's axis, metres. */
  readonly depth: number;
}

export interface Sighting {
  readonly id: string;
  readonly box: Box;
  readonly seen: Box | null;
  /** Occluded share of the part inside the picture, 0..1. */
  readonly occlusion: number;
}

/** Convex hull, counter-clockwise with y up (Andrew 1979, monotone chain). */
export function convexHull(points: readonly Vec2[]): Vec2[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o: Vec2, a: Vec2, b: Vec2): number =>
    (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list: readonly Vec2[]): Vec2[] => {
    const chain: Vec2[] = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...half(sorted), ...half([...sorted].reverse())];
}

/** Where a convex polygon covers the middle line of a row, in the units of its points; null where it does not. */
function span(hull: readonly Vec2[], y: number): Vec2 | null {
  let from = Infinity;
  let to = -Infinity;
  hull.forEach((a, i) => {
    const b = hull[(i + 1) % hull.length]!;
    if (a[1] <= y === b[1] <= y) return;
    const x = a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]);
    from = Math.min(from, x);
    to = Math.max(to, x);
  });
  return from <= to ? [from, to] : null;
}

/**
 * @param width of the picture in pixels
 * @param setDepth metres along the camera's axis for each cell, rows from above; absent: the set hides nothing
 * @returns the bodies with a part in the picture, in the given order
 */
export function sightings(
  silhouettes: readonly Silhouette[],
  width: number,
  height: number,
  setDepth?: Float32Array,
): Sighting[] {
  const cellX = width / GRID_WIDTH;
  const cellY = height / GRID_HEIGHT;
  const taken = new Uint8Array(GRID_WIDTH * GRID_HEIGHT);
  const found = new Map<string, Sighting>();
  for (const { id, points, depth } of [...silhouettes].sort((a, b) => a.depth - b.depth)) {
    const box = boxAround(points);
    const inPicture = box && clip(box, width, height);
    if (!box || !inPicture) continue;
    const hull = convexHull(points.map(([x, y]): Vec2 => [x / cellX, y / cellY]));
    let whole = 0;
    const visible: Vec2[] = [];
    const last = Math.min(GRID_HEIGHT - 1, Math.floor(inPicture[3] / cellY));
    for (let row = Math.floor(inPicture[1] / cellY); row <= last; row++) {
      const covered = span(hull, row + 0.5);
      if (!covered) continue;
      const to = Math.min(GRID_WIDTH, Math.round(covered[1]));
      for (let column = Math.max(0, Math.round(covered[0])); column < to; column++) {
        const cell = row * GRID_WIDTH + column;
        whole++;
        if (taken[cell] || (setDepth && setDepth[cell]! < depth - IN_FRONT_M)) continue;
        taken[cell] = 1;
        visible.push([column * cellX, row * cellY], [(column + 1) * cellX, (row + 1) * cellY]);
      }
    }
    // Smaller than a cell: counts as visible, because the grid cannot resolve it.
    const around = whole === 0 ? inPicture : boxAround(visible);
    found.set(id, {
      id,
      box,
      seen: around && meet(around, inPicture),
      occlusion: whole === 0 ? 0 : 1 - visible.length / 2 / whole,
    });
  }
  return silhouettes.flatMap(({ id }) => found.get(id) ?? []);
}

/** The common part of a box and one that touches it; cells reach a little beyond the silhouette. */
const meet = (a: Box, b: Box): Box => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
];
