/**
 * Clusters paths between two zones into a few routes: people pass a shelf on the left or on the right, and the mean of
 * both would lead through the shelf. A path joins the nearest route whose mean it follows, or founds one (leader
 * clustering: Hartigan, "Clustering Algorithms", 1975, ch. 3). Paths are resampled to a fixed number of points at equal
 * distances, so that they compare point by point.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';

/** Points of a resampled path. */
export const ROUTE_POINTS = 12;
/** Maximum number of routes between two zones. */
export const MAX_ROUTES = 8;
/** Mean distance below which two paths are one route, metres: the width of an aisle where two people can pass. */
const APART_M = 1.2;

/** A path of `ROUTE_POINTS` points. */
export type Path = readonly Vec[];

/**
 * Resamples a path to points at equal distances along it, both ends included.
 * @returns undefined for fewer than two points or no length
 */
export function resample(points: readonly Vec[], count = ROUTE_POINTS): Vec[] | undefined {
  const lengths = points.slice(1).map((p, i) => Math.hypot(p[0] - points[i]![0], p[1] - points[i]![1]));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (!(total > 0)) return undefined;
  const out: Vec[] = [];
  let [piece, before] = [0, 0];
  for (let n = 0; n < count; n++) {
    const target = (total * n) / (count - 1);
    while (piece < lengths.length - 1 && before + lengths[piece]! < target) before += lengths[piece++]!;
    const length = lengths[piece]!;
    const t = length > 0 ? Math.min(1, (target - before) / length) : 0;
    out.push(between(points[piece]!, points[piece + 1]!, t));
  }
  return out;
}

/** Mean distance of two ways, point by point, in the floor's unit: metres where it is calibrated. */
export const distance = (a: Path, b: Path): number =>
  a.reduce((sum, p, i) => sum + Math.hypot(p[0] - b[i]![0], p[1] - b[i]![1]), 0) / a.length;

interface Route {
  mean: Path;
  ways: number;
  /** Time of the last path that joined, seconds. */
  atS: number;
}

export class Routes {
  readonly #byPair = new Map<string, (Route | undefined)[]>();

  /** @returns the number of the route of a path between two zones, from 0 */
  assign(pair: string, way: Path, atS: number): number {
    let routes = this.#byPair.get(pair);
    if (!routes) this.#byPair.set(pair, (routes = []));
    const distances = routes.map((route) => (route ? distance(route.mean, way) : Infinity));
    const nearest = distances.indexOf(Math.min(...distances));
    const free = routes.indexOf(undefined);
    const open = free >= 0 ? free : routes.length;
    const index = (distances[nearest] ?? Infinity) <= APART_M || open >= MAX_ROUTES ? nearest : open;
    const route = routes[index];
    const ways = (route?.ways ?? 0) + 1;
    const mean = route ? route.mean.map((p, i) => between(p, way[i]!, 1 / ways)) : way;
    routes[index] = { mean, ways, atS };
    return index;
  }

  /** Discards routes without a recent path: their means may cover few people. */
  forgetBefore(timeS: number): void {
    for (const [pair, routes] of this.#byPair) {
      routes.forEach((route, i) => {
        if (route && route.atS < timeS) routes[i] = undefined;
      });
      if (routes.every((route) => route === undefined)) this.#byPair.delete(pair);
    }
  }

  clear(): void {
    this.#byPair.clear();
  }
}

const between = (a: Vec, b: Vec, t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
