/** A person of several levels of detail in one place: only one of them is in the scene at a time. */
import { Group, Mesh } from 'three';
import type { Detail, Person, PersonSpec } from '../people/index.ts';
import type { RideFit } from '../people/riding.ts';
import type { Look, Seat, StandPose, WalkPose } from '../people/poser.ts';
import { triangles } from '../sdf/geometry.ts';
import { supportOf, type Support } from './support.ts';
import type { Cost } from './tiers.ts';

/** From coarse to fine. */
const DETAILS: readonly Detail[] = ['far', 'middle', 'near'];

interface Level {
  readonly person: Person;
  readonly cost: Cost;
  readonly support: readonly Support[];
}

/** Cost of one pass over all meshes below `meshes`. */
export function costOf(meshes: Iterable<Mesh>): Cost {
  let sum = 0;
  let draws = 0;
  for (const { geometry } of meshes) {
    sum += triangles(geometry);
    draws++;
  }
  return { triangles: sum, draws };
}

export function meshesOf(root: Group): Mesh[] {
  const meshes: Mesh[] = [];
  root.traverse((o) => {
    if (o instanceof Mesh) meshes.push(o);
  });
  return meshes;
}

export class LevelledPerson implements Person {
  readonly root = new Group();
  readonly #levels: Partial<Record<Detail, Level>> = {};
  #now: Detail = 'far';
  /** Levels in progress, so that none is requested twice. */
  readonly ordered = new Set<Detail>();
  readonly #left: () => void;

  /**
   * @param far the level that every body has
   * @param left called when its mover has gone
   */
  constructor(far: Person, left: () => void = () => {}) {
    this.#left = left;

    this.add(far);
    this.root.add(far.root);
  }

  /** Adds a built level; `show` selects it. */
  add(person: Person): void {
    const support = supportOf(person.silhouette);
    this.#levels[person.detail] = { person, cost: costOf(meshesOf(person.root)), support };
  }

  has(detail: Detail): boolean {
    return this.#levels[detail] !== undefined;
  }

  /**
   * Shows a level, or the finest coarser one that was built.
   *
   * @returns whether it is the requested level
   */
  showUpTo(detail: Detail): boolean {
    const level = DETAILS.findLast((d, i) => i <= DETAILS.indexOf(detail) && this.has(d))!;
    if (level !== this.#now) {
      this.root.remove(this.#active.person.root);
      this.root.add(this.#levels[level]!.person.root);
      this.#now = level;
    }
    return level === detail;
  }

  get costs(): Readonly<Partial<Record<Detail, Cost>> & { far: Cost }> {
    const entries = Object.entries(this.#levels).map(([detail, { cost }]) => [detail, cost]);
    return Object.fromEntries(entries) as Partial<Record<Detail, Cost>> & { far: Cost };
  }

  get support(): readonly Support[] {
    return this.#active.support;
  }

  get #active(): Level {
    return this.#levels[this.#now]!;
  }

  get #person(): Person {
    return this.#active.person;
  }

  get spec(): PersonSpec {
    return this.#person.spec;
  }
  get detail(): Detail {
    return this.#now;
  }
  get height(): number {
    return this.#person.height;
  }
  get radius(): number {
    return this.#person.radius;
  }
  get head() {
    return this.#person.head;
  }
  get faceCorners() {
    return this.#person.faceCorners;
  }
  get silhouette() {
    return this.#person.silhouette;
  }

  strideLength(speed: number): number {
    return this.#person.strideLength(speed);
  }
  walk(pose: WalkPose): void {
    this.#person.walk(pose);
  }
  stand(pose: StandPose): void {
    this.#person.stand(pose);
  }
  sit(seat: Seat): void {
    this.#person.sit(seat);
  }
  rideBicycle(phase: number, fit?: RideFit, look?: Look): void {
    this.#person.rideBicycle(phase, fit, look);
  }
  rideMotorcycle(fit?: RideFit, look?: Look): void {
    this.#person.rideMotorcycle(fit, look);
  }
  sampleVertices(step?: number): Float32Array {
    return this.#person.sampleVertices(step);
  }

  /** Returns the person to its pool; nothing is disposed. */
  dispose(): void {
    this.root.removeFromParent();
    this.#left();
  }
}
