/** A live world in WebGL: builds it, draws it at any moment, and locates all objects in the picture. */
import type { Object3D, WebGLRenderer } from 'three';
import { DirectionalLight, Fog, Group, Light, Mesh, PerspectiveCamera, Scene, Vector3 } from 'three';
import { Cast, type Actor } from '../render/actors.ts';
import { Lens } from '../render/lens.ts';
import { FOOTPRINTS, type Body, type Mover } from '../simulation/movers.ts';
import { Projection, type Vec2 } from '../truth/camera.ts';
import { addLighting } from '../worlds/kit/daylight.ts';
import { MOODS } from '../worlds/kit/moods.ts';
import type { BuiltSet } from '../worlds/built-set.ts';
import { SETS } from '../worlds/sets.ts';
import type { Knobs, LiveWorldId, Tier } from './contract.ts';
import { setDepth } from './depth.ts';
import { chooseLevels, fits, sum, type Candidate } from './detail.ts';
import { LevelledPerson } from './levelled.ts';
import { sightings, type Silhouette } from './occlusion.ts';
import { placed } from './support.ts';
import type { Seen } from './live-truth.ts';
import { TIER_PLANS, allowedHeight, type Cost } from './tiers.ts';
import { ActorPool, type LiveVehicle } from './actor-pool.ts';
import { weld } from './merge-meshes.ts';
import type { ShapeWorkers } from './shape-workers.ts';
import { LiveWorld } from './world.ts';

/** Maximum distance of a body from the camera's view, metres: bodies outside cast shadows into the picture. */
const MARGIN = 3;
const AROUND = [
  [0, 0],
  [MARGIN, 0],
  [-MARGIN, 0],
  [0, MARGIN],
  [0, -MARGIN],
] as const;
/** Assumed cost of a body before it is built: the maximum of a person at `far`. */
const NEWCOMER: Cost = { triangles: 12_000, draws: 12 };
/** Minimum height of a body, share of the picture's height: smaller people are not recognisable. */
const MIN_HEIGHT = 0.02;
const NOTHING: Cost = { triangles: 0, draws: 0 };
/** Assumed cost of finer levels before they are built. */
const EXPECTED = { middle: { triangles: 50_000, draws: 20 }, near: { triangles: 200_000, draws: 20 } };
/** People made before the first picture, by tier; riders besides. */
const WALKERS: Readonly<Record<Tier, number>> = { full: 18, reduced: 12, lean: 6 };
const RIDERS: Readonly<Record<Tier, number>> = { full: 4, reduced: 3, lean: 2 };

export class LiveStage {
  readonly #scene = new Scene();
  readonly #still = new Group();
  readonly #actors = new Group();
  readonly #camera: PerspectiveCamera;
  readonly #world: LiveWorld;
  readonly #troupe: ActorPool;
  readonly #set: BuiltSet;
  readonly #cast: Cast;
  #lens: Lens;
  #projection: Projection;
  #followSun: (x: number, z: number) => void = () => {};
  #lights: Object3D[] = [];
  #knobs: Knobs;
  #tier: Tier;
  #frame = 0;
  #depth: Float32Array | undefined;
  /** Movers with a body, decided once when they come into view. */
  readonly #admitted = new Map<string, boolean>();
  #seen: Seen[] = [];
  readonly #renderer: WebGLRenderer;

  constructor(
    world: LiveWorldId,
    seed: number,
    knobs: Knobs,
    tier: Tier,
    renderer: WebGLRenderer,
    workshop: ShapeWorkers,
  ) {
    this.#renderer = renderer;

    this.#knobs = knobs;
    this.#tier = tier;
    this.#world = new LiveWorld(world, seed, knobs, allowedHeight(tier, knobs.height));
    const { plan } = this.#world;
    this.#camera = new PerspectiveCamera(plan.camera.fovDeg, 16 / 9, 0.1, 500);
    this.#projection = new Projection(plan.camera, plan.width, plan.height);
    this.#set = SETS[plan.id]!(this.#still, plan);
    // Lamps change their colour, not their place.
    weld(this.#still);
    this.#scene.add(this.#still, this.#actors);
    this.#troupe = new ActorPool(seed, workshop);
    this.#cast = this.#makeCast();
    this.#lens = this.#makeLens();
    this.#relight();
  }

  /** Size of the next picture. */
  get size(): { width: number; height: Knobs['height'] } {
    const { width, height } = this.#world.plan;
    return { width, height: height as Knobs['height'] };
  }

  get cuts(): number {
    return this.#world.cuts;
  }

  get bodies(): number {
    return this.#cast.all.length;
  }

  /** Builds the first people and compiles all shaders. */
  async prepare(progress: (done: number, of: number) => void): Promise<void> {
    const { lanes } = this.#world.plan.script;
    const bodies = [...new Set(lanes.flatMap((lane) => lane.bodies.map(([body]): Body => body)))];
    const riders = lanes.length > 0 ? RIDERS[this.#tier] : 0;
    await this.#troupe.prepare(WALKERS[this.#tier], riders, bodies, progress);
    this.#actors.add(...this.#troupe.roots);
    await this.#renderer.compileAsync(this.#scene, this.#camera);
    this.#actors.clear();
  }

  /** The knobs or the tier have changed. */
  turn(knobs: Knobs, tier: Tier): void {
    const before = { knobs: this.#knobs, tier: this.#tier, height: this.size.height };
    this.#knobs = knobs;
    this.#tier = tier;
    this.#world.turn(knobs, allowedHeight(tier, knobs.height));
    this.#depth = undefined;
    const { plan } = this.#world;
    if (tier !== before.tier || plan.height !== before.height) {
      this.#lens.dispose();
      this.#lens = this.#makeLens();
    }
    if (tier !== before.tier || knobs.light !== before.knobs.light) this.#relight();
    this.#lens.adjust(knobs.noise, MOODS[knobs.light].exposure);
  }

  /** Runs the world on to a moment and draws it on the renderer's canvas. */
  draw(atS: number): void {
    this.#world.runTo(atS);
    this.#aim();
    const { movers } = this.#world;
    this.#cast.follow(movers, atS);
    const here = new Set(movers.map(({ id }) => id));
    for (const id of this.#admitted.keys()) if (!here.has(id)) this.#admitted.delete(id);
    this.#set.update?.(this.#world.simulation);
    this.#cast.pose();
    this.#scene.updateMatrixWorld();
    this.#seen = this.#look(new Map(movers.map((mover) => [mover.id, mover])));
    this.#refine();
    this.#lens.shoot(this.#scene, this.#camera, this.#frame++, () => {});
  }

  /** All objects in the last picture. */
  get seen(): readonly Seen[] {
    return this.#seen;
  }

  /** The last scene, for a caller that counts its pixels; do not change it. */
  get view() {
    return {
      scene: this.#scene,
      still: this.#still,
      camera: this.#camera,
      projection: this.#projection,
      actors: this.#cast.all,
    };
  }

  #makeCast(): Cast {
    const { plan } = this.#world;
    return new Cast(plan, this.#actors, (mover) => this.#admits(mover), this.#troupe);
  }

  #makeLens(): Lens {
    const { sensor, width, height, camera, light } = this.#world.plan;
    const { exposure } = MOODS[light.weather];
    return new Lens(
      this.#renderer,
      sensor,
      width,
      height,
      camera.k1,
      exposure,
      1,
      TIER_PLANS[this.#tier].samples,
    );
  }

  #relight(): void {
    for (const light of this.#lights) {
      light.removeFromParent();
      if (light instanceof Light) light.dispose();
      if (light instanceof Mesh) light.geometry.dispose();
    }
    this.#scene.environment?.dispose();
    const { light } = this.#world.plan;
    const { shadowMap } = TIER_PLANS[this.#tier];
    const before = new Set(this.#scene.children);
    this.#followSun = addLighting(this.#scene, this.#renderer, {
      ...light,
      shadowMap: Math.max(1, shadowMap),
    });
    this.#lights = this.#scene.children.filter((child) => !before.has(child));
    for (const light of this.#lights) if (light instanceof DirectionalLight) light.castShadow = shadowMap > 0;
    const { horizon } = MOODS[light.weather];
    this.#scene.fog = light.weather === 'indoor' ? null : new Fog(horizon, 50, 260);
  }

  #aim(): void {
    const { plan, camera } = this.#world;
    this.#projection = new Projection(camera, plan.width, plan.height);
    this.#camera.position.set(...camera.positionM);
    this.#camera.lookAt(...camera.targetM);
    this.#camera.updateMatrixWorld();
    if (plan.mount) {
      const [x, , z] = camera.positionM;
      const [tx, , tz] = camera.targetM;
      this.#followSun(x + (tx - x) * 1.5, z + (tz - z) * 1.5);
    } else this.#depth ??= this.#measureSet();
  }

  /** A moving camera has no depth of the set: from a taxi, mostly other people and cars occlude people. */
  #measureSet(): Float32Array {
    this.#actors.visible = false;
    const depth = setDepth(this.#renderer, this.#scene, this.#camera);
    this.#actors.visible = true;
    return depth;
  }

  /** Whether a mover gets a body: it must be near the view, and when it came there was room for it. */
  #admits(mover: Mover): boolean {
    if (!this.#mayBeSeen(mover)) {
      this.#admitted.delete(mover.id);
      return false;
    }
    let admitted = this.#admitted.get(mover.id);
    if (admitted === undefined) {
      const room = fits(sum([this.#least, NEWCOMER]), TIER_PLANS[this.#tier].budget);
      const free = mover.body ? this.#troupe.canDrive(mover.body) : this.#troupe.canWalk;
      admitted = room && free;
      this.#admitted.set(mover.id, admitted);
    }
    return admitted;
  }

  /** Cost of all bodies at the coarsest level. */
  get #least(): Cost {
    return sum(this.#cast.all.map((actor) => costsOf(actor).far));
  }

  /** Whether the mover is large enough, and a point near it is in the picture or could cast a shadow there. */
  #mayBeSeen({ x, z, body }: Mover): boolean {
    const { width, height } = this.#world.plan;
    const [foot, head] = [0, body ? FOOTPRINTS[body].height : 1.7].map((y) =>
      this.#projection.toPicture([x, y, z]),
    );
    if (foot && head && foot[1] - head[1] < MIN_HEIGHT * height) return false;
    return AROUND.some(([dx, dz]) =>
      [0, 2].some((y) => {
        const p = this.#projection.toPicture([x + dx, y, z + dz]);
        return p && p[0] > 0 && p[0] < width && p[1] > 0 && p[1] < height;
      }),
    );
  }

  #look(movers: ReadonlyMap<string, Mover>): Seen[] {
    const { plan } = this.#world;
    const v = new Vector3();
    const silhouettes = this.#cast.all.map((actor): Silhouette => {
      const { id } = actor;
      const { x, z } = movers.get(id)!;
      const supports = [...(vehicleOf(actor)?.support ?? []), ...(personOf(actor)?.support ?? [])];
      v.set(x, 0.9, z).applyMatrix4(this.#camera.matrixWorldInverse);
      return { id, points: this.#project(placed(supports)), depth: -v.z };
    });
    return sightings(silhouettes, plan.width, plan.height, this.#depth).map((sighting) => {
      const { kind, x, z } = movers.get(sighting.id)!;
      return { ...sighting, kind, floor: this.#projection.toPicture([x, plan.groundAt?.(x, z) ?? 0, z]) };
    });
  }

  #project(points: Float32Array): Vec2[] {
    const out: Vec2[] = [];
    for (let i = 0; i < points.length; i += 3) {
      const p = this.#projection.toPicture([points[i]!, points[i + 1]!, points[i + 2]!]);
      if (p) out.push(p);
    }
    return out;
  }

  /** Assigns levels, requests missing ones, and stops arrivals when the budget is spent. */
  #refine(): void {
    const { budget, best } = TIER_PLANS[this.#tier];
    const heights = new Map(this.#seen.map(({ id, seen, box }) => [id, seen ? box[3] - box[1] : 0]));
    const candidates = this.#cast.all.map((actor): Candidate => {
      const person = personOf(actor);
      const heightPx = heights.get(actor.id) ?? 0;
      return { id: actor.id, heightPx, now: person?.detail ?? 'far', costs: costsOf(actor) };
    });
    const chosen = chooseLevels(candidates, budget, best);
    for (const actor of this.#cast.all) {
      const level = chosen.get(actor.id)!;
      const person = personOf(actor);
      if (person && !person.showUpTo(level)) this.#troupe.refine(person, level);
    }
    this.#world.full = !fits(sum([this.#least, NEWCOMER]), budget) || !this.#troupe.canWalk;
  }
}

const personOf = ({ person }: Actor): LevelledPerson | undefined =>
  person instanceof LevelledPerson ? person : undefined;
const vehicleOf = ({ vehicle }: Actor): LiveVehicle | undefined => vehicle as LiveVehicle | undefined;

/** Cost of the whole actor at each level; assumed for levels not built yet. */
function costsOf(actor: Actor): Candidate['costs'] {
  const machine = vehicleOf(actor)?.cost ?? NOTHING;
  const person = personOf(actor);
  if (!person) return { far: machine };
  const { far, middle, near } = { ...EXPECTED, ...person.costs };
  return { far: sum([machine, far]), middle: sum([machine, middle]), near: sum([machine, near]) };
}
