/**
 * Vehicles and bicycles on straight lanes: the intelligent driver model (Treiber, Hennecke & Helbing 2000, "Congested
 * traffic states in empirical observations and microscopic simulations", Phys. Rev. E 62). A red light is a standing
 * leader at the stop line for a driver who can still brake comfortably.
 */
import { type Rng, hashSeed } from '../rng.ts';
import type { ArrivalRate } from './arrivals.ts';
import { arrivalTimes } from './arrivals.ts';
import type { Body, Mover, Point } from './movers.ts';
import { FOOTPRINTS } from './movers.ts';

export interface Lane extends ArrivalRate {
  id: string;
  from: Point;
  to: Point;
  /** Which vehicles it carries and how often. */
  bodies: readonly (readonly [Body, number])[];
  /** Desired speed, metres per second [least, most]. */
  speed: readonly [number, number];
  /** Metres from `from` at which fronts stop when the group is not green. */
  stops?: readonly { at: number; group: string }[];
}

interface Driver {
  readonly id: string;
  readonly body: Body;
  readonly character: number;
  readonly desired: number;
  /** Metres of its front from the lane's start. */
  front: number;
  speed: number;
  acceleration: number;
}

/** Time headway (s), standstill gap (m), acceleration and comfortable braking (m/s^2). */
const DRIVER = { headwayS: 1.3, gap: 2, accelerate: 1.4, brake: 2 };
const CYCLIST = { headwayS: 1, gap: 1, accelerate: 0.9, brake: 1.5 };
/** Maximum braking for a light that has just changed, m/s^2. */
const HARDEST_STOP = 3;

class LaneTraffic {
  readonly #waiting: { at: number; driver: Driver }[];
  #drivers: Driver[] = [];
  readonly #length: number;
  readonly #heading: number;
  readonly #lane: Lane;
  readonly #blocked: (group: string, timeS: number) => boolean;
  readonly #admits: (id: string) => boolean;

  constructor(
    lane: Lane,
    rng: Rng,
    seed: number,
    fromS: number,
    toS: number,
    blocked: (group: string, timeS: number) => boolean,
    admits: (id: string) => boolean,
  ) {
    this.#lane = lane;
    this.#blocked = blocked;
    this.#admits = admits;

    const [x0, z0] = lane.from;
    const [x1, z1] = lane.to;
    this.#length = Math.hypot(x1 - x0, z1 - z0);
    this.#heading = Math.atan2(x1 - x0, z1 - z0);
    this.#waiting = arrivalTimes(rng, lane, fromS, toS).map((at, i) => {
      const id = `${lane.id}-${i}`;
      const own = rng.fork(id);
      const body = own.weighted(lane.bodies);
      const desired = own.range(lane.speed[0], lane.speed[1]);
      const driver = {
        id,
        body,
        character: hashSeed(seed, id),
        desired,
        front: 0,
        speed: desired,
        acceleration: 0,
      };
      return { at, driver };
    });
  }

  step(timeS: number, dt: number): void {
    while (this.#waiting[0] && this.#waiting[0].at <= timeS && !this.#admits(this.#waiting[0].driver.id))
      this.#waiting.shift();
    const next = this.#waiting[0];
    const last = this.#drivers.at(-1);
    const room = last ? last.front - FOOTPRINTS[last.body].length : Infinity;
    if (next && next.at <= timeS && room > 4) {
      this.#waiting.shift();
      next.driver.speed = Math.min(next.driver.desired, last && room < 20 ? last.speed : Infinity);
      this.#drivers.push(next.driver);
    }
    // Front to back: each vehicle uses the leader's position before this step.
    const before = this.#drivers.map((d) => ({ back: d.front - FOOTPRINTS[d.body].length, speed: d.speed }));
    this.#drivers.forEach((driver, i) => {
      driver.acceleration = this.#acceleration(driver, before[i - 1], timeS);
      driver.speed = Math.max(0, driver.speed + driver.acceleration * dt);
      driver.front += driver.speed * dt;
    });
    this.#drivers = this.#drivers.filter((d) => d.front - FOOTPRINTS[d.body].length < this.#length);
  }

  get movers(): Mover[] {
    const [x, z] = this.#lane.from;
    return this.#drivers.map((d) => {
      const { length, kind } = FOOTPRINTS[d.body];
      const middle = d.front - length / 2;
      return {
        id: d.id,
        kind,
        body: d.body,
        character: d.character,
        x: x + Math.sin(this.#heading) * middle,
        z: z + Math.cos(this.#heading) * middle,
        heading: this.#heading,
        speed: d.speed,
        acceleration: d.acceleration,
        travelled: d.front,
      };
    });
  }

  #acceleration(driver: Driver, ahead: { back: number; speed: number } | undefined, timeS: number): number {
    const manner = driver.body === 'bicycle' ? CYCLIST : DRIVER;
    const gaps: { gap: number; speed: number; stand: number }[] = [];
    if (ahead) gaps.push({ gap: ahead.back - driver.front, speed: ahead.speed, stand: manner.gap });
    for (const stop of this.#lane.stops ?? []) {
      const distance = stop.at - driver.front;
      const canStop = distance > 0 && driver.speed ** 2 / (2 * Math.max(distance, 0.1)) <= HARDEST_STOP;
      if (canStop && this.#blocked(stop.group, timeS)) gaps.push({ gap: distance, speed: 0, stand: 0.3 });
    }
    const free = manner.accelerate * (1 - (driver.speed / driver.desired) ** 4);
    let result = free;
    for (const { gap, speed, stand } of gaps) {
      const wanted =
        stand +
        Math.max(
          0,
          driver.speed * manner.headwayS +
            (driver.speed * (driver.speed - speed)) / (2 * Math.sqrt(manner.accelerate * manner.brake)),
        );
      result = Math.min(result, free - manner.accelerate * (wanted / Math.max(gap, 0.1)) ** 2);
    }
    return Math.max(-8, result);
  }
}

export class Traffic {
  readonly #lanes: LaneTraffic[];

  constructor(
    rng: Rng,
    seed: number,
    lanes: readonly Lane[],
    fromS: number,
    toS: number,
    /** Whether fronts must stop for this group now. */
    blocked: (group: string, timeS: number) => boolean,
    admits: (id: string) => boolean,
  ) {
    this.#lanes = lanes.map(
      (lane) => new LaneTraffic(lane, rng.fork(lane.id), seed, fromS, toS, blocked, admits),
    );
  }

  step(timeS: number, dt: number): void {
    for (const lane of this.#lanes) lane.step(timeS, dt);
  }

  get movers(): Mover[] {
    return this.#lanes.flatMap((lane) => lane.movers);
  }
}
