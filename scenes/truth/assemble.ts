/** Puts a clip's truth together: motion from the simulation, outlines from the renderer. */
import type { Mover } from '../simulation/movers.ts';
import { FOOTPRINTS } from '../simulation/movers.ts';
import type { WorldPlan } from '../worlds/plan.ts';
import {
  calibrationIn,
  cameraAt,
  castingOf,
  framesOf,
  identityOf,
  linesOf,
  projectionOf,
  simulate,
  zonesOf,
} from '../worlds/plan.ts';
import { roundBox } from './boxes.ts';
import type { Vec2 } from './camera.ts';
import { Projection } from './camera.ts';
import { countCrossings, crossingsOf, inZone } from './crossings.ts';
import type { Motion } from './motion.ts';
import { roadIn, trackOf } from './road.ts';
import type {
  Aspect,
  Box,
  Clip,
  CountedKind,
  Crossing,
  Face,
  Frame,
  FrameObject,
  Part,
  SceneObject,
  Truth,
} from './schema.ts';
import { daysOf, passagesIn, staysIn } from './stays.ts';

/** Truth of a static object. */
export interface PropFacts {
  kind: 'sign' | 'signal' | 'signboard';
  meaning: string;
  sizeM: [number, number, number];
  floor: [number, number];
  headingDeg: number;
  /** Of signals, in the frame that was drawn last. */
  aspect?: Aspect;
}

/** Where a face is and looks; `open` is the share of its middle with nothing before it. */
export interface MeasuredFace {
  box: Box;
  yawDeg: number;
  open: number;
}

/** The renderer's measurement of one object in one frame, see `render/outlines.ts`. */
export interface MeasuredOutline {
  id: string;
  box: Box | null;
  seen: Box | null;
  alonePixels: number;
  seenPixels: number;
  parts?: Omit<MeasuredOutline, 'id'>[];
  face?: MeasuredFace;
  /** Set for static objects: signs, signals, signboards. */
  prop?: PropFacts;
}

/** Runs a world without rendering it. */
export function motionOf(plan: WorldPlan): Motion {
  const simulation = simulate(plan);
  const frames = Array.from({ length: framesOf(plan) }, (_, i) => {
    simulation.runTo(i / plan.fps);
    return simulation.movers;
  });
  return motionFrom(plan, frames);
}

/** Arranges the simulation's movers of every frame. */
export function motionFrom(plan: WorldPlan, moments: readonly (readonly Mover[])[]): Motion {
  const count = moments.length;
  const paths = new Map<string, { id: string; kind: CountedKind; points: (Vec2 | null)[] }>();
  const frames: ReadonlyMap<string, Mover>[] = [];
  moments.forEach((movers, i) => {
    const projection = new Projection(cameraAt(plan, movers), plan.width, plan.height);
    frames.push(new Map(movers.map((mover) => [mover.id, mover])));
    for (const { id, kind, x, z } of movers) {
      let path = paths.get(id);
      if (!path) paths.set(id, (path = { id, kind, points: new Array<Vec2 | null>(count).fill(null) }));
      path.points[i] = projection.toPicture([x, plan.groundAt?.(x, z) ?? 0, z]);
    }
  });
  return { frames, paths: [...paths.values()] };
}

/** Crossings of the plan's lines in order of time. */
export function crossingsIn(plan: WorldPlan, { paths }: Motion): Crossing[] {
  const lines = linesOf(plan);
  return paths
    .flatMap((path) => lines.flatMap((line) => crossingsOf(path, line, plan.width, plan.height, plan.fps)))
    .sort((a, b) => a.atS - b.atS);
}

const share = (x: number): number => Math.round(Math.max(0, Math.min(1, x)) * 1000) / 1000;
const centi = (x: number): number => Math.round(x * 100) / 100;

function part({ box, seen, alonePixels, seenPixels }: Omit<MeasuredOutline, 'id'>): Part {
  return {
    box: roundBox(box ?? [0, 0, 0, 0]),
    seen: seen && roundBox(seen),
    occlusion: alonePixels > 0 ? share(1 - seenPixels / alonePixels) : 1,
  };
}

/** Beyond this angle a face is a profile, degrees. */
const MAX_YAW = 60;
const MIN_OPEN = 0.5;

function faceOf({ box, yawDeg, open }: MeasuredFace, { width, height }: WorldPlan): Face {
  const inside = box[0] >= 0 && box[1] >= 0 && box[2] <= width && box[3] <= height;
  return {
    box: roundBox(box),
    yawDeg: Math.round(yawDeg * 10) / 10,
    open: share(open),
    seen: inside && Math.abs(yawDeg) <= MAX_YAW && open >= MIN_OPEN,
  };
}

function propObject(outline: MeasuredOutline, { floor, headingDeg, aspect }: PropFacts): FrameObject {
  return { id: outline.id, ...part(outline), floor, headingDeg, ...(aspect && { aspect }) };
}

function frameObject(plan: WorldPlan, outline: MeasuredOutline, { x, z, heading }: Mover): FrameObject {
  const [vehicle, rider] = outline.parts ?? [];
  const degrees = (((heading * 180) / Math.PI) % 360) + 360;
  return {
    id: outline.id,
    ...part(outline),
    floor: [centi(x), centi(z)],
    headingDeg: (Math.round((degrees % 360) * 10) / 10) % 360,
    ...(vehicle && rider && { parts: { vehicle: part(vehicle), rider: part(rider) } }),
    ...(outline.face && { face: faceOf(outline.face, plan) }),
  };
}

function sceneObject(plan: WorldPlan, mover: Mover): SceneObject {
  const spec = castingOf(plan, mover);
  const footprint = mover.body && FOOTPRINTS[mover.body];
  const size: SceneObject['sizeM'] = footprint
    ? [footprint.width, footprint.height, footprint.length]
    : [0.5, centi(spec!.height), 0.4];
  return {
    id: mover.id,
    kind: mover.kind,
    sizeM: size,
    ...(spec && {
      person: { age: spec.age, sex: spec.sex, identity: identityOf(plan, mover) },
    }),
  };
}

/** @param outlines of every frame, from the renderer */
export function assembleTruth(
  plan: WorldPlan,
  motion: Motion,
  outlines: readonly (readonly MeasuredOutline[])[],
): Truth {
  const zones = zonesOf(plan);
  const projection = projectionOf(plan);
  const seen = new Map<string, Mover>();
  const props = new Map<string, PropFacts>();
  const frames = outlines.map((measured, i): Frame => {
    const movers = motion.frames[i]!;
    const occupancy: Frame['occupancy'] = {};
    for (const { kind, x, z } of movers.values())
      for (const zone of zones) {
        const p = projection.toPicture([x, plan.groundAt?.(x, z) ?? 0, z]);
        if (!p || !inZone(zone, [p[0] / plan.width, p[1] / plan.height])) continue;
        const inside = (occupancy[zone.id] ??= {});
        inside[kind] = (inside[kind] ?? 0) + 1;
      }
    const objects = measured.map((outline) => {
      if (outline.prop) {
        props.set(outline.id, outline.prop);
        return propObject(outline, outline.prop);
      }
      const mover = movers.get(outline.id);
      if (!mover) throw new Error(`Frame ${i}: ${outline.id} was drawn but does not exist.`);
      seen.set(mover.id, mover);
      return frameObject(plan, outline, mover);
    });
    return { objects, occupancy, ...(plan.mount && { camera: cameraAt(plan, [...movers.values()]) }) };
  });
  const road = roadIn(plan, motion);
  return {
    format: 'incam-truth',
    version: 1,
    clip: plan.id,
    seed: plan.seed,
    width: plan.width,
    height: plan.height,
    fps: plan.fps,
    camera: cameraAt(plan, [...motion.frames[0]!.values()]),
    lines: linesOf(plan),
    zones,
    objects: [
      ...[...seen.values()].map((mover) => sceneObject(plan, mover)),
      ...[...props].map(([id, { kind, meaning, sizeM }]) => ({ id, kind, meaning, sizeM })),
    ],
    crossings: crossingsIn(plan, motion),
    stays: staysIn(plan, motion),
    passages: passagesIn(plan, motion, frames),
    ...(road && { road }),
    frames,
  };
}

type FloorCorners = NonNullable<Clip['calibrationFloorM']>;

/** The clip's description for the site. */
export function clipOf(plan: WorldPlan, motion: Motion, truth: Truth): Clip {
  const calibration = calibrationIn(plan);
  const days = daysOf(plan);
  const track = trackOf(plan, motion);
  return {
    id: plan.id,
    file: `${plan.id}.mp4`,
    truth: `${plan.id}.truth.json`,
    width: plan.width,
    height: plan.height,
    fps: plan.fps,
    durationS: plan.durationS,
    lines: truth.lines,
    zones: truth.zones,
    ...(calibration && { calibration }),
    ...(plan.calibration && { calibrationFloorM: plan.calibration.map(([x, z]) => [x, z]) as FloorCorners }),
    ...(plan.background && { background: `${plan.id}.background.png` }),
    ...(days.length > 0 && { days }),
    ...(track && { track }),
    counts: countCrossings(truth.lines, truth.crossings),
  };
}

/** JSON with one frame a line: small, and readable in a diff. */
export function printTruth({ frames, ...rest }: Truth): string {
  const head = JSON.stringify(rest, null, 1).slice(0, -2);
  return `${head},\n "frames": [\n${frames.map((frame) => JSON.stringify(frame)).join(',\n')}\n ]\n}\n`;
}
