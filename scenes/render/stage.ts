/** One world, built and running in a browser: gives pictures and outlines of any frame, in order. */
import type { WebGLRenderer } from 'three';
import { Fog, Group, PerspectiveCamera, Scene } from 'three';
import type { Mover } from '../simulation/movers.ts';
import type { Simulation } from '../simulation/simulation.ts';
import type { PropFacts } from '../truth/assemble.ts';
import { Projection } from '../truth/camera.ts';
import type { CameraModel } from '../truth/schema.ts';
import { addLighting } from '../worlds/kit/daylight.ts';
import { MOODS } from '../worlds/kit/moods.ts';
import type { PlanDay, WorldPlan } from '../worlds/plan.ts';
import { cameraAt, projectionOf, simulate } from '../worlds/plan.ts';
import type { BuiltSet } from '../worlds/built-set.ts';
import { SETS } from '../worlds/sets.ts';
import { Cast, rigidSubject } from './actors.ts';
import { Lens } from './lens.ts';
import type { Outline, Subject } from './outlines.ts';
import { Outliner } from './outlines.ts';

/** Maximum distance of a body from the camera's view, metres: bodies outside cast shadows into the picture. */
const MARGIN = 4;

export interface NamedOutline extends Outline {
  id: string;
  prop?: PropFacts;
}

export class Stage {
  readonly #scene = new Scene();
  readonly #camera: PerspectiveCamera;
  #projection: Projection;
  readonly #simulation: Simulation;
  readonly #cast: Cast;
  readonly #lens: Lens;
  readonly #outliner: Outliner;
  readonly #set: BuiltSet;
  readonly #followSun: (x: number, z: number) => void;
  #at = -1;
  #today: PlanDay | undefined;
  readonly #plan: WorldPlan;

  constructor(plan: WorldPlan, renderer: WebGLRenderer, supersampling: number) {
    this.#plan = plan;

    const build = SETS[plan.id];
    if (!build) throw new RangeError(`World "${plan.id}" has no set.`);
    const { width, height, camera, light } = plan;
    const mood = MOODS[light.weather];
    this.#camera = new PerspectiveCamera(camera.fovDeg, width / height, 0.1, 500);
    this.#projection = projectionOf(plan);
    const set = new Group();
    this.#scene.add(set);
    this.#set = build(set, plan);
    this.#followSun = addLighting(this.#scene, renderer, light);
    this.#aim(camera);
    if (light.weather !== 'indoor') this.#scene.fog = new Fog(mood.horizon, 50, 260);
    Outliner.markSet(this.#scene);
    const actors = new Group();
    this.#scene.add(actors);
    this.#cast = new Cast(plan, actors, (mover) => this.#mayBeSeen(mover));
    this.#lens = new Lens(renderer, plan.sensor, width, height, camera.k1, mood.exposure, supersampling);
    this.#outliner = new Outliner(renderer, width, height);
    this.#simulation = simulate(plan);
  }

  /** Runs the world on to a frame without drawing; frames may be left out but not repeated. */
  goTo(frame: number): void {
    if (frame < this.#at) throw new RangeError('A world only runs forwards.');
    for (; this.#at < frame; this.#at++) this.#moveTo((this.#at + 1) / this.#plan.fps);
  }

  /** Outlines of all objects that are at least partly in the present frame. */
  outlines(): NamedOutline[] {
    // Silhouettes are counted before the lens bends them.
    if (this.#plan.camera.k1 !== 0) throw new RangeError('Outlines need a lens without distortion (k1 = 0).');
    this.#pose();
    const props = this.#set.props ?? [];
    const subjects: { id: string; subject: Subject; prop?: PropFacts }[] = [
      ...this.#cast.all.map((actor) => ({ id: actor.id, subject: actor.subject(this.#camera.position) })),
      ...props.map(({ id, object, facts }) => ({ id, subject: rigidSubject(object), prop: facts })),
    ];
    const outlines = this.#outliner.measure(
      this.#scene,
      this.#camera,
      this.#projection,
      subjects.map(({ subject }) => subject),
    );
    return outlines
      .map((outline, i): NamedOutline => {
        const { id, prop } = subjects[i]!;
        return { ...outline, id, ...(prop && { prop }) };
      })
      .filter((outline) => outline.alonePixels > 0);
  }

  /** Draws the present frame on the renderer's canvas. */
  shoot(): void {
    const { fps, sensor } = this.#plan;
    this.#lens.shoot(this.#scene, this.#camera, this.#at, (share) => {
      if (share > 0) this.#moveTo((this.#at + share * sensor.shutter) / fps);
      this.#pose();
    });
  }

  #moveTo(timeS: number): void {
    this.#simulation.runTo(timeS);
    const today = this.#plan.days?.findLast((day) => day.fromS <= timeS);
    if (today && today !== this.#today) this.#lens.grade(today.exposure, today.tint);
    this.#today = today;
    const { movers } = this.#simulation;
    const { mount } = this.#plan;
    if (mount) this.#aim(cameraAt(this.#plan, movers));
    // The camera does not see its own vehicle.
    this.#cast.follow(mount ? movers.filter(({ id }) => id !== mount.mover) : movers, timeS);
  }

  #aim(model: CameraModel): void {
    this.#projection = new Projection(model, this.#plan.width, this.#plan.height);
    this.#camera.position.set(...model.positionM);
    this.#camera.lookAt(...model.targetM);
    this.#camera.updateMatrixWorld();
    if (this.#plan.mount) {
      const [x, , z] = model.positionM;
      const [tx, , tz] = model.targetM;
      this.#followSun(x + (tx - x) * 1.5, z + (tz - z) * 1.5);
    }
  }

  #pose(): void {
    this.#set.update?.(this.#simulation);
    this.#cast.pose();
    this.#scene.updateMatrixWorld();
  }

  /** Whether a point near the mover is in the picture, or close enough to cast a shadow there. */
  #mayBeSeen({ x, z }: Mover): boolean {
    const { width, height, sightM = Infinity } = this.#plan;
    if (Math.hypot(x - this.#camera.position.x, z - this.#camera.position.z) > sightM) return false;
    for (const [dx, dz] of [
      [0, 0],
      [MARGIN, 0],
      [-MARGIN, 0],
      [0, MARGIN],
      [0, -MARGIN],
    ] as const)
      for (const y of [0, 2.5]) {
        const p = this.#projection.toPicture([x + dx, y, z + dz]);
        if (p && p[0] > 0 && p[0] < width && p[1] > 0 && p[1] < height) return true;
      }
    return false;
  }
}
