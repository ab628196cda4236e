/** A world in motion: crowd, traffic and lights, stepped together. The same script and seed give the same motion. */
import { createRng } from '../rng.ts';
import { Crowd } from './crowd.ts';
import type { Mover } from './movers.ts';
import type { SignalPlan } from './signals.ts';
import { aspectAt, greenLeft } from './signals.ts';
import type { Lane } from './traffic.ts';
import { Traffic } from './traffic.ts';
import type { Flow, Wall } from './walker.ts';

export interface Script {
  flows: readonly Flow[];
  walls: readonly Wall[];
  lanes: readonly Lane[];
  signals?: SignalPlan;
  /** Floor [x0, z0, x1, z1] that vehicles never enter while a person walks on it, by the group they obey. */
  crossings?: readonly { group: string; area: readonly [number, number, number, number]; needS: number }[];
  /** Warm-up before the clip begins, seconds. */
  warmUpS: number;
}

/** Steps per second; frame rates that divide it hit exact steps. */
const STEP_RATE = 60;

/** Time gap to a vehicle that people need before they step on a crossing, seconds. */
const LOOK_S = 3;

export class Simulation {
  readonly #crowd: Crowd;
  readonly #traffic: Traffic;
  /** Steps since the warm-up began. */
  #steps = 0;
  readonly #script: Script;

  /**
   * @param seed whole number; only its low 32 bits count
   * @param durationS length of the clip, seconds; there are no arrivals after it
   * @param admits whether an arrival may enter; a refused one never comes. A live scene thins its crowd with it
   */
  constructor(script: Script, seed: number, durationS: number, admits: (id: string) => boolean = () => true) {
    this.#script = script;

    const rng = createRng(seed);
    const { signals, crossings = [] } = script;
    const from = -script.warmUpS;
    this.#crowd = new Crowd(
      rng.fork('crowd'),
      seed,
      script.flows,
      script.walls,
      from,
      durationS,
      (group, t) => {
        const crossing = crossings.find((c) => c.group === group);
        if (crossing && this.#vehicleNears(crossing.area)) return false;
        return !signals || greenLeft(signals, group, t) > (crossing?.needS ?? 0);
      },
      admits,
    );
    const blocked = (group: string, t: number): boolean => {
      const taken = crossings.some(({ area: [x0, z0, x1, z1] }) =>
        this.#crowd.movers.some(({ x, z }) => x > x0 && x < x1 && z > z0 && z < z1),
      );
      return taken || (signals !== undefined && aspectAt(signals, group, t) !== 'green');
    };
    this.#traffic = new Traffic(rng.fork('traffic'), seed, script.lanes, from, durationS, blocked, admits);
  }

  /** Clip time in seconds; negative during the warm-up. */
  get timeS(): number {
    return this.#steps / STEP_RATE - this.#script.warmUpS;
  }

  /** Runs on until the clip time is reached. */
  runTo(timeS: number): void {
    const target = Math.round((timeS + this.#script.warmUpS) * STEP_RATE);
    for (; this.#steps < target; this.#steps++) {
      this.#crowd.step(this.timeS, 1 / STEP_RATE);
      this.#traffic.step(this.timeS, 1 / STEP_RATE);
    }
  }

  /** Whether a moving vehicle is on a crossing or will be within the next seconds at its present speed. */
  #vehicleNears([x0, z0, x1, z1]: readonly [number, number, number, number]): boolean {
    return this.#traffic.movers.some(({ x, z, heading, speed }) => {
      for (let t = 0; speed > 0.3 && t <= LOOK_S; t += 0.25) {
        const ahead = [x + Math.sin(heading) * speed * t, z + Math.cos(heading) * speed * t] as const;
        if (ahead[0] > x0 - 1 && ahead[0] < x1 + 1 && ahead[1] > z0 - 1 && ahead[1] < z1 + 1) return true;
      }
      return false;
    });
  }

  /** All movers in the world now. */
  get movers(): Mover[] {
    return [...this.#crowd.movers, ...this.#traffic.movers];
  }

  aspect(group: string): 'green' | 'amber' | 'red' {
    return this.#script.signals ? aspectAt(this.#script.signals, group, this.timeS) : 'green';
  }
}
