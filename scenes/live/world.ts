/** An endless world: its plan under the knobs, its crowd, and the vehicle that carries the camera. */
import { createRng, hashSeed } from '../rng.ts';
import type { Mover } from '../simulation/movers.ts';
import { Simulation, type Script } from '../simulation/simulation.ts';
import type { ArrivalRate } from '../simulation/arrivals.ts';
import type { Flow } from '../simulation/walker.ts';
import type { CameraModel } from '../truth/schema.ts';
import { worldOf } from '../worlds/index.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { cameraAt } from '../worlds/plan.ts';
import type { Knobs, LiveWorldId } from './contract.ts';
import { widthOf, type PictureHeight } from './contract.ts';
import { DENSITY } from './knobs.ts';

/** Arrivals are drawn in advance for this long; then the next crowd begins, with a cut. */
const SHIFT_S = 3600;
/** Minimum distance of the camera's vehicle from the end of the road, at its choice and at its end; metres. */
const ROAD_AHEAD = { chosen: 200, left: 40 };

/** Warm-up, seconds: long enough for traffic to fill the street. */
const WARM_UP_S = 50;
/** Maximum length of a queue; further arrivals stay away. */
const MAX_MOVERS = 100;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The camera at the same floor position, with another height and tilt. */
export function raised(
  { positionM, targetM, ...lens }: CameraModel,
  heightM: number,
  tiltDeg: number,
): CameraModel {
  const [x, , z] = positionM;
  const away = Math.hypot(targetM[0] - x, targetM[2] - z);
  return {
    ...lens,
    positionM: [x, heightM, z],
    targetM: [targetM[0], heightM - away * Math.tan(radians(tiltDeg)), targetM[2]],
  };
}

/** The world's plan under the knobs. It has no motion blur, which costs a rendering for every sample. */
export function livePlan(world: LiveWorldId, knobs: Knobs, height: PictureHeight): WorldPlan {
  const plan = worldOf(world);
  return {
    ...plan,
    width: widthOf(height),
    height,
    fps: knobs.fps,
    camera: plan.mount ? plan.camera : raised(plan.camera, knobs.cameraM, knobs.tiltDeg),
    ...(plan.mount && { mount: { ...plan.mount, heightM: knobs.cameraM, pitchDeg: knobs.tiltDeg } }),
    sensor: { ...plan.sensor, noise: knobs.noise, shutter: 0, shutterSamples: 1 },
    light: { ...plan.light, weather: knobs.light },
  };
}

/**
 * Whether an arrival happens at a density: arrivals are drawn for the highest one and thinned (Lewis & Shedler 1979),
 * so that the crowd changes as soon as the knob does.
 */
export const comes = (id: string, seed: number, density: number): boolean =>
  createRng(hashSeed(seed, id))() < density / DENSITY.max;

/** Standing time from which a person belongs to the place (a clerk at the till), seconds. */
const STAYS_S = 600;
const stays = ({ route }: Flow): boolean => route.some(({ dwellS }) => dwellS && dwellS[0] >= STAYS_S);

/** A clip's timetable ends in half a minute: here its arrivals repeat, as often as in the clip. */
function endless<T extends ArrivalRate>({ atS, surges: _, ...rate }: T, durationS: number) {
  const perMinute = rate.perMinute > 0 ? rate.perMinute : (60 * (atS?.length ?? 0)) / durationS;
  return {
    ...rate,
    perMinute: perMinute * DENSITY.max,
    minGapS: Math.max(rate.minGapS, MIN_GAP_S) / DENSITY.max,
  };
}
const MIN_GAP_S = 1;

/** The script of a plan for the fullest world there can be, without an end. */
function endlessScript({ script, durationS }: WorldPlan): Script {
  const warmUpS = Math.min(script.warmUpS, WARM_UP_S);
  const stay = (flow: Flow): Flow => ({
    ...flow,
    // A person who precedes all others does so here, too.
    ...(flow.atS && { atS: flow.atS.map((atS) => Math.max(atS, -warmUpS)) }),
    route: flow.route.map((stop) => ({
      ...stop,
      ...(stop.dwellS && { dwellS: [SHIFT_S * 2, SHIFT_S * 2] }),
    })),
  });
  return {
    ...script,
    warmUpS,
    flows: script.flows.map((flow) => (stays(flow) ? stay(flow) : endless(flow, durationS))),
    lanes: script.lanes.map((lane) => endless(lane, durationS)),
  };
}

/**
 * The vehicle that carries the camera: the current one as long as there is road ahead of it, else a new one with enough
 * road. Undefined when there is none.
 */
export function carrierAmong(
  movers: readonly Mover[],
  lane: string,
  length: number,
  before: string | undefined,
): string | undefined {
  const ahead = ({ travelled }: Mover): number => length - travelled;
  const candidates = movers.filter(({ id, body }) => id.startsWith(`${lane}-`) && body !== 'bicycle');
  const same = candidates.find(({ id }) => id === before);
  if (same && ahead(same) > ROAD_AHEAD.left) return same.id;
  const fresh = candidates.filter((mover) => ahead(mover) > ROAD_AHEAD.chosen);
  // Not the last one: it has only just appeared and stands at the edge of the built road.
  return fresh.sort((a, b) => ahead(a) - ahead(b))[0]?.id;
}

export class LiveWorld {
  plan: WorldPlan;
  #density: number;
  #simulation: Simulation;
  #shift = 0;
  #carrier: string | undefined;
  /** Whether arrivals are stopped; set by the stage. */
  #full = false;
  #cuts = 0;
  readonly #seed: number;

  constructor(
    readonly world: LiveWorldId,
    seed: number,
    knobs: Knobs,
    height: PictureHeight,
  ) {
    this.#seed = seed;

    this.plan = livePlan(world, knobs, height);
    this.#density = knobs.density;
    this.#simulation = this.#begin();
  }

  turn(knobs: Knobs, height: PictureHeight): void {
    this.plan = livePlan(this.world, knobs, height);
    this.#density = knobs.density;
  }

  /** No arrivals while there are more bodies than the budget allows. */
  set full(full: boolean) {
    this.#full = full;
  }

  /** Grows when the view jumps or all movers are replaced. */
  get cuts(): number {
    return this.#cuts;
  }

  get simulation(): Simulation {
    return this.#simulation;
  }

  /** @param atS scene time, not before the one of the last call */
  runTo(atS: number): void {
    const shift = Math.floor(atS / SHIFT_S);
    if (shift !== this.#shift) {
      this.#shift = shift;
      this.#cuts++;
      this.#simulation = this.#begin();
    }
    this.#simulation.runTo(atS - shift * SHIFT_S);
    this.#carry();
  }

  /** All movers except the vehicle that carries the camera. */
  get movers(): Mover[] {
    return this.#simulation.movers.filter(({ id }) => id !== this.#carrier);
  }

  get camera(): CameraModel {
    const { mount } = this.plan;
    if (!mount || this.#carrier === undefined) return this.plan.camera;
    return cameraAt({ ...this.plan, mount: { ...mount, mover: this.#carrier } }, this.#simulation.movers);
  }

  #carry(): void {
    const { mount, script } = this.plan;
    if (!mount) return;
    const lane = mount.mover.slice(0, mount.mover.lastIndexOf('-'));
    const { from, to } = script.lanes.find(({ id }) => id === lane)!;
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const next = carrierAmong(this.#simulation.movers, lane, length, this.#carrier);
    if (next === undefined || next === this.#carrier) return;
    this.#carrier = next;
    this.#cuts++;
  }

  #begin(): Simulation {
    const seed = hashSeed(this.#seed, `shift-${this.#shift}`);
    const script = endlessScript(this.plan);
    const staff = new Set(script.flows.filter(stays).map((flow) => flow.id));
    const admits = (id: string): boolean =>
      staff.has(id.slice(0, id.lastIndexOf('-'))) ||
      (!this.#full && this.#simulation.movers.length < MAX_MOVERS && comes(id, seed, this.#density));
    return new Simulation(script, seed, SHIFT_S, admits);
  }
}
