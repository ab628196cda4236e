/**
 * Pedestrians: each follows its own route and keeps out of the others' way.
 *
 * Social forces with explicit collision prediction (Zanlungo, Ikeda & Kanda 2011, "Social force model with explicit
 * prediction of collisions", EPL 93): a walker is pushed away from where others will be at the moment of closest
 * approach, not from where they are. Discs that would still touch are moved apart afterwards, so walkers never overlap.
 * Walls push as in Helbing & Molnár 1995.
 */
import { type Rng, hashSeed } from '../rng.ts';
import { arrivalTimes } from './arrivals.ts';
import type { Mover, Point } from './movers.ts';
import { BODY_RADIUS } from './movers.ts';
import type { Flow, Goal, Wall, Walker } from './walker.ts';
import { createWalker, keepOffWalls, move, wallPush } from './walker.ts';

/** Strength, and range in metres, of the predicted-collision force (values of the paper's calibration). */
const AVOID = { strength: 1.13, range: 0.71 };
/** Prediction horizon of walkers, seconds and metres. */
const HORIZON = { seconds: 4, metres: 6 };
/** Time constant of the return to the preferred velocity, seconds. */
const RELAX_S = 0.5;
const MAX_ACCELERATION = 2.5;
/** A stop counts as reached within this distance, metres. */
const REACHED = 0.35;
const APART = 2 * BODY_RADIUS + 0.06;

export class Crowd {
  readonly #waiting: { at: number; walker: Walker }[] = [];
  #walkers: Walker[] = [];
  readonly #held = new Map<string, Walker>();
  readonly #mayGo: (group: string, timeS: number) => boolean;
  readonly #admits: (id: string) => boolean;

  constructor(
    rng: Rng,
    seed: number,
    flows: readonly Flow[],
    walls: readonly Wall[],
    fromS: number,
    toS: number,
    /** Whether a walker may go on past a stop that waits for this group. */
    mayGo: (group: string, timeS: number) => boolean,
    admits: (id: string) => boolean,
  ) {
    this.#mayGo = mayGo;
    this.#admits = admits;

    for (const flow of flows) {
      const stream = rng.fork(flow.id);
      arrivalTimes(stream, flow, fromS, toS).forEach((at, i) => {
        const id = `${flow.id}-${i}`;
        const walker = createWalker(stream.fork(id), id, hashSeed(seed, id), flow, walls);
        this.#waiting.push({ at, walker });
      });
    }
    this.#waiting.sort((a, b) => a.at - b.at);
  }

  /** Advances by `dt` seconds to `timeS`. */
  step(timeS: number, dt: number): void {
    this.#admit(timeS);
    const goals = this.#walkers.map((walker) => this.#goal(walker, timeS));
    const pushes = this.#walkers.map((walker, i) => this.#acceleration(walker, goals[i]!));
    this.#walkers.forEach((walker, i) => move(walker, pushes[i]!, goals[i]!, dt));
    this.#separate();
    this.#walkers = this.#walkers.filter((walker) => {
      const stays = walker.next < walker.stops.length;
      if (!stays) this.#release(walker);
      return stays;
    });
  }

  get movers(): Mover[] {
    return this.#walkers.map((w) => ({
      id: w.id,
      kind: 'pedestrian',
      character: w.character,
      x: w.x,
      z: w.z,
      heading: w.heading,
      speed: Math.hypot(w.vx, w.vz),
      acceleration: 0,
      travelled: w.travelled,
    }));
  }

  /** Admits walkers at their arrival time, once their entry point is free. */
  #admit(timeS: number): void {
    for (let i = 0; i < this.#waiting.length && this.#waiting[i]!.at <= timeS;) {
      const { walker } = this.#waiting[i]!;
      if (!this.#admits(walker.id)) {
        this.#waiting.splice(i, 1);
        continue;
      }
      const free = this.#walkers.every((o) => Math.hypot(o.x - walker.x, o.z - walker.z) > 3 * BODY_RADIUS);
      if (free) {
        this.#walkers.push(walker);
        this.#waiting.splice(i, 1);
      } else i++;
    }
  }

  /** The walker's current target; advances its route when a stop is done. */
  #goal(walker: Walker, timeS: number): Goal {
    const stop = walker.stops[walker.next]!;
    const distance = Math.hypot(stop.point[0] - walker.x, stop.point[1] - walker.z);
    const { waitFor, exclusive, dwellS } = stop.waypoint;
    const stands = waitFor !== undefined || exclusive !== undefined || dwellS !== undefined;
    if (distance > REACHED && walker.standingSince === null) return { target: stop.point, stand: false };
    if (stands) {
      walker.standingSince ??= timeS;
      const holder = exclusive === undefined ? undefined : this.#held.get(exclusive);
      const blocked =
        timeS - walker.standingSince < stop.dwellS ||
        (waitFor !== undefined && !this.#mayGo(waitFor, timeS)) ||
        (holder !== undefined && holder !== walker);
      if (blocked) return { target: stop.point, stand: true };
    }
    this.#release(walker);
    if (exclusive !== undefined) this.#held.set(exclusive, walker);
    walker.standingSince = null;
    walker.next++;
    const following = walker.stops[walker.next] ?? stop;
    return { target: following.point, stand: false };
  }

  #release(walker: Walker): void {
    for (const [name, holder] of this.#held) if (holder === walker) this.#held.delete(name);
  }

  #acceleration(walker: Walker, goal: Goal): Point {
    const dx = goal.target[0] - walker.x;
    const dz = goal.target[1] - walker.z;
    const distance = Math.hypot(dx, dz) || 1;
    // Walkers slow down over their last half metre to a place where they will stand.
    const stop = walker.stops[walker.next];
    const ends =
      stop !== undefined && (stop.waypoint.waitFor ?? stop.waypoint.exclusive ?? stop.waypoint.dwellS);
    const speed = goal.stand
      ? Math.min(0.4, distance)
      : ends
        ? Math.min(walker.preferred, Math.max(0.35, distance * 1.6))
        : walker.preferred;
    let ax = ((dx / distance) * speed - walker.vx) / RELAX_S;
    let az = ((dz / distance) * speed - walker.vz) / RELAX_S;
    const [px, pz] = this.#avoidance(walker);
    const [wx, wz] = wallPush(walker);
    ax += px + wx;
    az += pz + wz;
    const size = Math.hypot(ax, az);
    const cut = size > MAX_ACCELERATION ? MAX_ACCELERATION / size : 1;
    return [ax * cut, az * cut];
  }

  /** The paper's equations 6-8: one common time of closest approach, then a push from each predicted position. */
  #avoidance(walker: Walker): Point {
    const others: { dx: number; dz: number; vx: number; vz: number }[] = [];
    let soonest = Infinity;
    for (const other of this.#walkers) {
      if (other === walker) continue;
      const dx = walker.x - other.x;
      const dz = walker.z - other.z;
      if (Math.hypot(dx, dz) > HORIZON.metres) continue;
      const vx = walker.vx - other.vx;
      const vz = walker.vz - other.vz;
      const closing = vx * vx + vz * vz;
      const t = closing > 1e-6 ? -(dx * vx + dz * vz) / closing : -1;
      if (t <= 0 || t > HORIZON.seconds) continue;
      if (Math.hypot(dx + vx * t, dz + vz * t) > 1.6) continue;
      others.push({ dx, dz, vx, vz });
      soonest = Math.min(soonest, t);
    }
    if (others.length === 0) return [0, 0];
    const t = Math.max(0.15, soonest);
    const strength = (AVOID.strength * Math.hypot(walker.vx, walker.vz)) / t;
    let ax = 0;
    let az = 0;
    for (const { dx, dz, vx, vz } of others) {
      let px = dx + vx * t;
      let pz = dz + vz * t;
      if (Math.hypot(px, pz) < 1e-3) [px, pz] = [-vz * 1e-2, vx * 1e-2];
      const distance = Math.hypot(px, pz) || 1;
      const push = strength * Math.exp(-distance / AVOID.range);
      ax += (px / distance) * push;
      az += (pz / distance) * push;
    }
    return [ax, az];
  }

  /** Moves apart those that still touch, half each; a few rounds settle chains. Walls have the last word. */
  #separate(): void {
    for (let round = 0; round < 4; round++)
      for (let i = 0; i < this.#walkers.length; i++)
        for (let j = i + 1; j < this.#walkers.length; j++) {
          const a = this.#walkers[i]!;
          const b = this.#walkers[j]!;
          const dx = b.x - a.x;
          const dz = b.z - a.z;
          const distance = Math.hypot(dx, dz) || 1e-3;
          if (distance >= APART) continue;
          const push = (APART - distance) / 2 / distance;
          a.x -= dx * push;
          a.z -= dz * push;
          b.x += dx * push;
          b.z += dz * push;
        }
    for (const walker of this.#walkers) keepOffWalls(walker);
  }
}
