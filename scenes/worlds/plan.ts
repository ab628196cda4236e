/**
 * A world's plan: all data of a clip except shapes and colours. Plans are plain data, so that truth can be computed and
 * tested without a renderer; the sets that go with them are in `sets.ts`.
 */
import type { Constraints, Detail, PersonSpec, Sex } from '../people/index.ts';
import { createRng } from '../rng.ts';
import { randomPerson } from '../people/random.ts';
import { randomClothes } from '../people/wardrobe.ts';
import type { Script } from '../simulation/simulation.ts';
import { Simulation } from '../simulation/simulation.ts';
import type { Mover, Point } from '../simulation/movers.ts';
import type { Calibration, CameraModel, Line, Zone, ZoneRole } from '../truth/schema.ts';
import { Projection, calibrationOf, roundPoint } from '../truth/camera.ts';
import type { LightingOptions } from './kit/moods.ts';

/** Effects of lens and sensor on the picture. */
export interface Sensor {
  /** Standard deviation of the noise in mid-grey, in 8-bit steps. */
  noise: number;
  /** Darkening of the corners, 0..1. */
  vignette: number;
  saturation: number;
  /** Stops added to the weather's exposure. */
  exposure: number;
  /** Share of the frame time that the shutter is open; 0 freezes motion. */
  shutter: number;
  /** Pictures averaged over that time; costs as much more to render. */
  shutterSamples: number;
}

export const CLEAN_SENSOR: Sensor = {
  noise: 2.2,
  vignette: 0.18,
  saturation: 1,
  exposure: 0,
  shutter: 0,
  shutterSamples: 1,
};

/** A camera behind the windscreen of a mover, looking along its heading. */
export interface Mount {
  mover: string;
  /** Of the lens above the road and before the vehicle's middle, metres. */
  heightM: number;
  forwardM: number;
  /** Downwards, degrees. */
  pitchDeg: number;
}

/** A fixed character, in place of a random one. */
export interface Role {
  /** Seed of the looks, and what truth calls the identity. */
  character: number;
  age: number;
  sex: Sex;
  /** Seed of other clothes and another bag than the character's own. */
  outfit?: number;
}

/** One of several days in a clip: the same place, another light. */
export interface PlanDay {
  fromS: number;
  /** Stops added to the sensor's exposure. */
  exposure: number;
  /** Factors on red, green and blue. */
  tint: readonly [number, number, number];
}

export interface WorldPlan {
  readonly id: string;
  readonly seed: number;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly durationS: number;
  readonly detail: Detail;
  readonly camera: CameraModel;
  readonly sensor: Sensor;
  readonly light: LightingOptions;
  readonly script: Script;
  /** Counting lines and zones on the floor, metres; the picture shows them in perspective. */
  readonly lines: readonly { id: string; from: Point; to: Point }[];
  readonly zones: readonly { id: string; role?: ZoneRole; corners: readonly Point[] }[];
  /** Near left, near right, far right, far left of a rectangle on the floor. */
  readonly calibration?: readonly [Point, Point, Point, Point];
  /** The camera rides on this vehicle instead of standing still; `camera` then gives only its lens. */
  readonly mount?: Mount;
  /** Movers farther from the camera than this, in metres, have no bodies and no place in the truth. */
  readonly sightM?: number;
  /** Height of the ground above the road, metres. Default 0 everywhere. */
  readonly groundAt?: (x: number, z: number) => number;
  /** Looks of the people of a flow or lane, by its id. */
  readonly casting?: Readonly<Record<string, Constraints>>;
  /** Characters of single movers, by their id. */
  readonly cast?: Readonly<Record<string, Role>>;
  /** In order, the first from 0. */
  readonly days?: readonly PlanDay[];
  /** Whether a picture of the empty set belongs to the clip. */
  readonly background?: boolean;
  /** Where the world's origin lies on the map and where its +x goes, for a camera that moves. */
  readonly onMap?: { readonly lat: number; readonly lon: number; readonly bearingDeg: number };
}

export const framesOf = ({ fps, durationS }: WorldPlan): number => Math.round(fps * durationS);

export const projectionOf = ({ camera, width, height }: WorldPlan): Projection =>
  new Projection(camera, width, height);

/**
 * The camera among the movers of one moment.
 *
 * @throws RangeError when the vehicle that carries it is not there
 */
export function cameraAt({ camera, mount }: WorldPlan, movers: readonly Mover[]): CameraModel {
  if (!mount) return camera;
  const carrier = movers.find(({ id }) => id === mount.mover);
  if (!carrier) throw new RangeError(`The camera's vehicle ${mount.mover} is not on the road.`);
  const [sin, cos] = [Math.sin(carrier.heading), Math.cos(carrier.heading)];
  const x = carrier.x + sin * mount.forwardM;
  const z = carrier.z + cos * mount.forwardM;
  const drop = 10 * Math.tan((mount.pitchDeg * Math.PI) / 180);
  return {
    ...camera,
    positionM: [x, mount.heightM, z],
    targetM: [x + sin * 10, mount.heightM - drop, z + cos * 10],
  };
}

export const simulate = ({ script, seed, durationS }: WorldPlan): Simulation =>
  new Simulation(script, seed, durationS);

/** Cuts a segment to the unit square (Liang & Barsky 1984); null when it lies outside. */
export function cutToPicture(a: Point, b: Point): [Point, Point] | null {
  let from = 0;
  let to = 1;
  for (const axis of [0, 1] as const) {
    const d = b[axis] - a[axis];
    if (d === 0) {
      if (a[axis] < 0 || a[axis] > 1) return null;
      continue;
    }
    const [near, far] = [-a[axis] / d, (1 - a[axis]) / d].sort((x, y) => x - y) as [number, number];
    from = Math.max(from, near);
    to = Math.min(to, far);
  }
  if (from >= to) return null;
  const at = (t: number): Point => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  return [at(from), at(to)];
}

/** The plan's lines as the picture shows them, cut at its border. */
export function linesOf(plan: WorldPlan): Line[] {
  const projection = projectionOf(plan);
  return plan.lines.map(({ id, from, to }) => {
    const cut = cutToPicture(projection.floorFraction(from), projection.floorFraction(to));
    if (!cut) throw new RangeError(`Line ${id} of ${plan.id} is outside the picture.`);
    return { id, a: roundPoint(cut[0]), b: roundPoint(cut[1]) };
  });
}

/** The part of a polygon in the unit square (Sutherland & Hodgman 1974). */
export function polygonInPicture(points: readonly Point[]): Point[] {
  let rest = [...points];
  for (const [axis, bound, keep] of [
    [0, 0, 1],
    [0, 1, -1],
    [1, 0, 1],
    [1, 1, -1],
  ] as const) {
    const inside = (p: Point): boolean => (p[axis] - bound) * keep >= 0;
    rest = rest.flatMap((p, i) => {
      const q = rest[(i + 1) % rest.length]!;
      const t = (bound - p[axis]) / (q[axis] - p[axis]);
      const cut: Point = [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t];
      if (inside(p)) return inside(q) ? [p] : [p, cut];
      return inside(q) ? [cut] : [];
    });
  }
  return rest;
}

/** The plan's zones as the picture shows them, cut at its border. */
export function zonesOf(plan: WorldPlan): Zone[] {
  const projection = projectionOf(plan);
  return plan.zones.map(({ id, role, corners }) => ({
    id,
    ...(role && { role }),
    points: polygonInPicture(corners.map((corner) => projection.floorFraction(corner))).map(roundPoint),
  }));
}

export function calibrationIn(plan: WorldPlan): Calibration | undefined {
  return plan.calibration && calibrationOf(projectionOf(plan), plan.calibration);
}

/** Movers have the name of their flow or lane. */
const flowOf = (id: string): string => id.slice(0, id.lastIndexOf('-'));

/** Identity of a person in the truth: the same for the same character in every clip. */
export const identityOf = (plan: WorldPlan, { id, character }: Mover): string =>
  (plan.cast?.[id]?.character ?? character).toString(36);

function roleSpec({ character, age, sex, outfit }: Role): PersonSpec {
  const spec = randomPerson(character, { age, sex });
  if (outfit === undefined) return spec;
  return { ...spec, ...randomClothes(age, sex, createRng(outfit)) };
}

/** The person that a mover is, or that rides it; null for closed vehicles. */
export function castingOf(plan: WorldPlan, { id, character, body }: Mover): PersonSpec | null {
  const role = plan.cast?.[id];
  if (role) return roleSpec(role);
  const constraints = plan.casting?.[flowOf(id)];
  if (!body) return randomPerson(character, constraints);
  if (body !== 'bicycle' && body !== 'scooter') return null;
  return randomPerson(character, { bag: false, trousers: true, age: [16, 70], ...constraints });
}
