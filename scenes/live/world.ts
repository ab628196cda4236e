/** A world that goes on for as long as somebody watches: its plan under the knobs, its crowd, and who carries the camera. */
import { createRng, hashSeed } from '../rng.ts';
import type { Mover } from '../simulation/movers.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { CameraModel } from '../truth/schema.ts';
import { worldOf } from '../worlds/index.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import { cameraAt } from '../worlds/plan.ts';
import type { Knobs, LiveWorldId } from './contract.ts';
import { widthOf, type PictureHeight } from './contract.ts';
import { DENSITY } from './knobs.ts';

/** Arrivals are drawn in advance for this long; then the next crowd begins, with a cut. */
const SHIFT_S = 3600;
/** Least distance of a camera's vehicle from the end of the road when it is chosen, and when it is left; metres. */
const ROAD_AHEAD = { chosen: 200, left: 40 };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A camera at the same place over the floor, at another height, looking down by another angle. */
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

/** The world's plan as the knobs have it. Motion blur is left out: it costs a rendering for every sample. */
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
 * Whether somebody comes at a density: arrivals are drawn for the highest one and thinned (Lewis & Shedler 1979), so
 * that the crowd changes as soon as the knob does.
 */
export const comes = (id: string, seed: number, density: number): boolean =>
  createRng(hashSeed(seed, id))() < density / DENSITY.most;

const crowded = (plan: WorldPlan): WorldPlan['script'] => {
  const most = <T extends { perMinute: number; minGapS: number }>(flow: T): T => ({
    ...flow,
    perMinute: flow.perMinute * DENSITY.most,
    minGapS: flow.minGapS / DENSITY.most,
  });
  // Surges belong to the clip's own timetable.
  return {
    ...plan.script,
    flows: plan.script.flows.map(({ surges: _, ...flow }) => most(flow)),
    lanes: plan.script.lanes.map(({ surges: _, ...lane }) => most(lane)),
  };
};

/**
 * The vehicle that carries the camera: the one before, as long as there is road ahead of it, else one that comes with
 * much of it. Undefined when there is none.
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
  // Not the very last: it has only just appeared and stands at the edge of the built road.
  return fresh.sort((a, b) => ahead(a) - ahead(b))[0]?.id;
}

export class LiveWorld {
  plan: WorldPlan;
  #density: number;
  #simulation: Simulation;
  #shift = 0;
  #carrier: string | undefined;
  /** How full it is; set from outside. */
  #full = false;
  #cuts = 0;

  constructor(
    readonly world: LiveWorldId,
    private readonly seed: number,
    knobs: Knobs,
    height: PictureHeight,
  ) {
    this.plan = livePlan(world, knobs, height);
    this.#density = knobs.density;
    this.#simulation = this.#begin();
  }

  turn(knobs: Knobs, height: PictureHeight): void {
    this.plan = livePlan(this.world, knobs, height);
    this.#density = knobs.density;
  }

  /** Nobody new may come while there are more bodies than can be drawn. */
  set full(full: boolean) {
    this.#full = full;
  }

  /** Grows whenever the view jumps or everybody is exchanged. */
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

  /** Everybody but the vehicle that carries the camera. */
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
    const seed = hashSeed(this.seed, `shift-${this.#shift}`);
    const admits = (id: string): boolean => !this.#full && comes(id, seed, this.#density);
    return new Simulation(crowded(this.plan), seed, SHIFT_S, admits);
  }
}
