/** One walker: its route, its body's limits, and the walls that hold it. */
import type { Rng } from '../rng.ts';
import type { ArrivalRate } from './arrivals.ts';
import type { Point } from './movers.ts';
import { BODY_RADIUS, turnBetween } from './movers.ts';

/** A place on a route. */
export interface Waypoint {
  /** Corners [x0, z0, x1, z1]; each walker takes its own point in it, the same share along on every waypoint. */
  area: readonly [number, number, number, number];
  /** Stand here until the world lets the walker go on (a signal group's name). */
  waitFor?: string;
  /** Stand here for a while, seconds [least, most]. */
  dwellS?: readonly [number, number];
  /** Heading while standing; without it the walker looks where it will go next. */
  facing?: number;
  /** Only one walker at a time may be between this waypoint and the next (a ticket gate). */
  exclusive?: string;
}

/** A stream of walkers on one route. */
export interface Flow extends ArrivalRate {
  id: string;
  route: readonly Waypoint[];
  /** Preferred speed, metres per second [least, most]. */
  speed: readonly [number, number];
  /** Walls for this flow only, such as a kerb for people who do not cross. */
  walls?: readonly Wall[];
}

/** A wall on the floor, from one point to another. */
export type Wall = readonly [Point, Point];

export interface Stop {
  readonly point: Point;
  readonly waypoint: Waypoint;
  readonly dwellS: number;
}

/** A walker's state. */
export interface Walker {
  readonly id: string;
  readonly character: number;
  readonly preferred: number;
  readonly stops: readonly Stop[];
  readonly walls: readonly Wall[];
  /** Index of the stop it walks to, or stands at. */
  next: number;
  standingSince: number | null;
  x: number;
  z: number;
  vx: number;
  vz: number;
  heading: number;
  travelled: number;
}

/** Strength in m/s^2 and range in metres of a wall's push. */
const WALL = { strength: 3, range: 0.12 };
/** Radians per second. */
const TURN_RATE = 2.6;

/** From the nearest point of a wall to the walker. */
function awayFrom(
  [[x0, z0], [x1, z1]]: Wall,
  { x, z }: Walker,
): { dx: number; dz: number; distance: number } {
  const length = (x1 - x0) ** 2 + (z1 - z0) ** 2;
  const t = Math.max(0, Math.min(1, ((x - x0) * (x1 - x0) + (z - z0) * (z1 - z0)) / length));
  const dx = x - x0 - (x1 - x0) * t;
  const dz = z - z0 - (z1 - z0) * t;
  return { dx, dz, distance: Math.hypot(dx, dz) || 1e-3 };
}

/** Push of its walls in m/s^2, growing steeply within an arm's length. */
export function wallPush(walker: Walker): Point {
  let ax = 0;
  let az = 0;
  for (const wall of walker.walls) {
    const { dx, dz, distance } = awayFrom(wall, walker);
    if (distance > 1) continue;
    const push = WALL.strength * Math.exp((BODY_RADIUS - distance) / WALL.range);
    ax += (dx / distance) * push;
    az += (dz / distance) * push;
  }
  return [ax, az];
}

/** Moves a walker out of walls it has been pushed into. */
export function keepOffWalls(walker: Walker): void {
  for (const wall of walker.walls) {
    const { dx, dz, distance } = awayFrom(wall, walker);
    if (distance >= BODY_RADIUS * 0.8) continue;
    const push = (BODY_RADIUS * 0.8 - distance) / distance;
    walker.x += dx * push;
    walker.z += dz * push;
  }
}

/** A walker at the start of its flow's route, with its own speed and its own points on the way. */
export function createWalker(
  rng: Rng,
  id: string,
  character: number,
  flow: Flow,
  walls: readonly Wall[],
): Walker {
  const u = rng();
  const w = rng();
  const stops = flow.route.map((waypoint): Stop => {
    const [x0, z0, x1, z1] = waypoint.area;
    const dwell = waypoint.dwellS ?? [0, 0];
    return {
      point: [x0 + (x1 - x0) * u, z0 + (z1 - z0) * w],
      waypoint,
      dwellS: rng.range(dwell[0], dwell[1]),
    };
  });
  const [x, z] = stops[0]!.point;
  const next = stops[1]?.point ?? [x, z + 1];
  const heading = Math.atan2(next[0] - x, next[1] - z);
  const preferred = rng.range(flow.speed[0], flow.speed[1]);
  return {
    id,
    character,
    preferred,
    stops,
    walls: [...walls, ...(flow.walls ?? [])],
    next: 1,
    standingSince: null,
    x,
    z,
    vx: Math.sin(heading) * preferred,
    vz: Math.cos(heading) * preferred,
    heading,
    travelled: 0,
  };
}

/** A walker's current aim. */
export interface Goal {
  target: Point;
  stand: boolean;
}

/** One step of `dt` seconds under an acceleration; turns the body towards where it goes. */
export function move(walker: Walker, push: Point, goal: Goal, dt: number): void {
  walker.vx += push[0] * dt;
  walker.vz += push[1] * dt;
  const speed = Math.hypot(walker.vx, walker.vz);
  const max = goal.stand ? 0.5 : walker.preferred * 1.25;
  if (speed > max) {
    walker.vx *= max / speed;
    walker.vz *= max / speed;
  }
  walker.x += walker.vx * dt;
  walker.z += walker.vz * dt;
  walker.travelled += Math.min(speed, max) * dt;
  const stop = walker.stops[walker.next];
  const wanted =
    goal.stand || speed < 0.2
      ? (stop?.waypoint.facing ?? Math.atan2(goal.target[0] - walker.x, goal.target[1] - walker.z))
      : Math.atan2(walker.vx, walker.vz);
  if (goal.stand && stop?.waypoint.facing === undefined) return;
  const turn = turnBetween(walker.heading, wanted);
  walker.heading += Math.max(-TURN_RATE * dt, Math.min(TURN_RATE * dt, turn));
}
